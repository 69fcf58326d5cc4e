import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openOffice } from '../office.ts';
import { findRun } from '../runCommand.ts';

export const log: CliCommand = {
  name: 'log',
  summary: 'The log of a run, step by step, UTC',
  usage: 'log RUN',
  async run([runId], io) {
    if (runId === undefined) throw new UsageError(this.usage);
    await using office = await openOffice();
    const run = await findRun(office, runId);
    for (const line of await office.journal.log(run.runId)) io.out(`${line.at}  ${line.step.padEnd(22)}  ${line.text}`);
    return 0;
  },
};
