import { basename, resolve } from 'node:path';
import { describePackProblem, type PackProblem } from '../../engine/sanitization/pack/packProblems.ts';
import { packFolders } from '../../engine/sanitization/pack/shippedPacks.ts';
import { bad, describeFinding, good } from '../doctor/finding.ts';
import type { CommandIo } from '../command.ts';
import { checkPack, describeUsable } from './checkPack.ts';

export function answerCheck(file: string, folderOfInstallation: string | undefined, io: CommandIo): number {
  const subject = basename(file);
  const checked = checkPack(resolve(io.cwd, file), packFolders(folderOfInstallation));
  if (checked.kind === 'unusable') return answerProblems(subject, checked.problems, io);
  io.out(describeFinding(good(subject, `ok, ${describeUsable(checked)}`)));
  return 0;
}

export function answerProblems(subject: string, problems: readonly PackProblem[], io: CommandIo): number {
  for (const { remedy = 'docs/sanitization.md describes the format', ...problem } of problems)
    io.out(describeFinding(bad(subject, describePackProblem(problem), remedy)));
  io.out(`${String(problems.length)} to correct`);
  return 1;
}
