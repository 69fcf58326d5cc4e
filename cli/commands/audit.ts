import { parseArgs } from 'node:util';
import { shownJson, shownText } from '../../engine/shownText.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openCommandContext } from '../commandContext.ts';
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
    await using context = await openCommandContext();
    const run = await findRun(context, runId);
    const records = await context.journal.records(run.runId);
    const verdict = await context.journal.verify(run.runId);
    if (values.json) io.out(shownJson({ ...verdict, records }));
    else {
      for (const record of records)
        io.out(
          `${String(record.seq).padStart(4)}  ${record.at}  ${record.event.padEnd(18)}  ${shownText(record.actor.name)} (${shownText(record.actor.id)})  ${detailOf(record.data)}`.trimEnd(),
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

/** What a reader of the list asks for: which step, which moment, which plan and what goes for it, why. */
const TOLD = ['step', 'at', 'digest', 'retires', 'code', 'reason', 'detail', 'targetState', 'n', 'key', 'by'] as const;

function detailOf(data: unknown): string {
  const own = membersOf(data);
  // A plan is as long as a card: it is told by its digest, and by the runs whose way back ends with it.
  const { digest, binding } = membersOf(own['plan']);
  const { retires } = membersOf(binding);
  const { step, code } = membersOf(own['failure']);
  const values: Readonly<Record<string, unknown>> = { step, code, digest, retires, ...own };
  return TOLD.flatMap((name) => {
    const value = values[name];
    const isTold = typeof value === 'string' || typeof value === 'number' || Array.isArray(value);
    return isTold ? [`${name}=${shownText(String(value))}`] : [];
  }).join(' ');
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
