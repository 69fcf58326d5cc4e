import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openOffice } from '../office.ts';
import { findRun } from '../runCommand.ts';

export const audit: CliCommand = {
  name: 'audit',
  summary: 'Who did what in a run, and whether the record is intact',
  usage: 'audit RUN [--json]',
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [runId] = positionals;
    if (runId === undefined) throw new UsageError(this.usage);
    await using office = await openOffice();
    const run = await findRun(office, runId);
    const records = await office.journal.records(run.runId);
    const verdict = await office.journal.verify(run.runId);
    if (values.json) io.out(JSON.stringify({ ...verdict, records }, null, 2));
    else {
      for (const record of records)
        io.out(
          `${String(record.seq).padStart(4)}  ${record.at}  ${record.event.padEnd(18)}  ${record.actor.name} (${record.actor.id})  ${detailOf(record.data)}`.trimEnd(),
        );
      io.out(
        verdict.intact
          ? `Intact: ${String(records.length)} records, head ${verdict.head}`
          : `NOT intact: record ${String(verdict.firstBadSeq)} does not follow from the one before it`,
      );
    }
    return verdict.intact ? 0 : 1;
  },
};

/** What a reader of the list asks for: which step, which moment, which plan, why. */
const TOLD = ['step', 'at', 'digest', 'reason', 'detail', 'targetState', 'n', 'key', 'by'] as const;

function detailOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const values: Readonly<Record<string, unknown>> = { ...data };
  return TOLD.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${String(value)}`] : [];
  }).join(' ');
}
