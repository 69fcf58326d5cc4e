import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandVariables } from '../../env/variables.ts';
import type { Run } from '../../engine/contracts.ts';
import { sha256Of } from '../../engine/reports/signedReport.ts';
import type { Demo } from '../startDemo.ts';
import type { Chat } from './chat.ts';
import type { Proof } from './proofs.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

/**
 * Takes the report as its reader does: from the success card's link, and checked by the terminal, which gets neither journal nor
 * Redis, with the public key alone.
 */
export async function proveReport({ variables }: Demo, chat: Chat, { runId, report }: Run): Promise<Proof> {
  const { card } = await chat.sees(runId, '"title":"Report"');
  const link = /"title":"Report","url":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';
  const page = await (await fetch(link)).text();
  const text = await (await fetch(`${link}/file`)).text();
  const file = join(dirname(variables['REWIND_ENVIRONMENTS'] ?? ''), `${runId}.report.json`);
  writeFileSync(file, text);
  const said = await verify(file, runId, variables['REWIND_REPORT_KEYS'] ?? '');
  const [, columns = ''] = /<h2>Columns: ([\d,]+) of/.exec(page) ?? [];
  return {
    sentence: `the report behind the card, which says what became of ${columns || 'no'} columns, is the one that the chain of ${runId} binds, and the public key alone says so${said.isValid ? '' : ` – but: ${said.text}`}`,
    holds: said.isValid && sha256Of(text) === report?.sha256 && page.includes(`Report of ${runId}`) && columns !== '',
  };
}

function verify(
  file: string,
  runId: string,
  keys: string,
): Promise<{ readonly isValid: boolean; readonly text: string }> {
  const args = ['cli/main.ts', 'report', 'verify', file, '--run', runId, '--keys', keys];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: PROJECT, env: { ...commandVariables() } }, (error, out, err) =>
      resolve({ isValid: error === null, text: `${out}${err}`.trim() }),
    );
  });
}
