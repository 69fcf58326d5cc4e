import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  since: { type: 'string' },
  until: { type: 'string' },
  target: { type: 'string' },
  csv: { type: 'string' },
  bundle: { type: 'string' },
} as const;

export const audit: CliCommand = {
  name: 'audit',
  summary: 'Who did what in a run, a schedule, or in all, and whether the journal is intact',
  usage:
    'audit RUN|SCHEDULE [--json] [--bundle FILE.zip] | audit --all [--since DAY] [--until DAY] [--target NAME] [--json | --csv FILE]',
  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [runId] = positionals;
    const ofOne = values.bundle !== undefined;
    const ofAll = [values.since, values.until, values.target, values.csv].some((value) => value !== undefined);
    const isSchedule = /^s-/i.test(runId ?? '');
    const isUsable = values.all
      ? runId === undefined && !ofOne
      : runId !== undefined && !ofAll && !(ofOne && isSchedule);
    if (!isUsable) throw new UsageError(this.usage);
    const { answerAudit } = await import('../audit/answerAudit.ts');
    return answerAudit(runId, values, io);
  },
};
