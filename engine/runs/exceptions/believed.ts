import type { AcceptedException, Run, RunRecord } from '../../contracts.ts';
import { hasRoleFor, idsOf, isSamePerson, knownAs, partiesOf } from '../../contracts/mayBeDone/index.ts';
import { digestOf } from '../../journal/canonicalJson.ts';
import { verifyChain } from '../../journal/hashChain.ts';
import { signatureOf } from '../../journal/signatures.ts';
import { pairOf, type EngineParts } from '../../parts.ts';
import { digestOfBinding } from '../../planning/planDigest.ts';

/**
 * What of the exceptions of a run counts for it: each decided about the same sandbox and source, by somebody who answers for the data
 * today and has had no hand in this run, under the rules that the plan of that decision names, as the records say that the bot has
 * signed, or, where that may be, a terminal has written. Name and time are theirs as well. Worker, judge and report ask here.
 */
export async function believedExceptions(
  parts: EngineParts,
  run: Run,
  exceptions: readonly AcceptedException[] = run.exceptions ?? [],
): Promise<readonly AcceptedException[]> {
  const believed = await Promise.all(exceptions.map((exception) => believedException(parts, run, exception)));
  return believed.filter((exception) => exception !== undefined);
}

async function believedException(
  parts: EngineParts,
  run: Run,
  exception: AcceptedException,
): Promise<AcceptedException | undefined> {
  const decided = exception.runId === run.runId ? run : await parts.journal.run(exception.runId);
  const binding = decided?.plan?.binding;
  if (binding?.target !== run.target || binding.source !== run.source) return undefined;
  if (binding.packsHash !== exception.packsHash || !answersFor(parts, run, exception)) return undefined;
  const keys = parts.verifyingKeys ?? [];
  if (keys.length === 0) return exception;
  const records = await parts.journal.records(exception.runId);
  if (!verifyChain(records).intact) return undefined;
  const confirmed = records.findLast(({ event }) => event === 'confirm');
  const isOfPlan = confirmed !== undefined && member(confirmed, 'digest') === digestOfBinding(binding);
  if (!isOfPlan || signatureOf(confirmed, keys) !== 'valid') return undefined;
  const record = recordOf(records, exception);
  if (record === undefined) return undefined;
  const state = signatureOf(record, keys);
  const isSigned = state === 'valid' || (state === 'absent' && parts.installation.terminalApproval === true);
  return isSigned ? { ...exception, by: named(parts, record), at: record.at } : undefined;
}

/** Behind the switch the data is in the sandbox, whoever answers for it by then. */
function answersFor(parts: EngineParts, run: Run, { by }: AcceptedException): boolean {
  if (run.swappedAt !== undefined) return true;
  const { target } = pairOf(parts, run.target, run.source);
  const owner = knownAs(parts.installation.people, by);
  return hasRoleFor('accept-findings', target, owner) && !partiesOf(run).some((one) => isSamePerson(owner, one));
}

function recordOf(records: readonly RunRecord[], exception: AcceptedException): RunRecord | undefined {
  const { findings, reason, until, by } = exception;
  const said = digestOf({ digest: digestOf(findings), reason, until });
  return records.findLast(
    ({ event, data, actor }) =>
      event === 'accept-findings' && actor.id === by.id && actor.tenantId === by.tenantId && digestOf(data) === said,
  );
}

/** A name is not signed: the file's counts, and that of the record only where the file has none. */
function named({ installation }: EngineParts, { actor }: RunRecord): AcceptedException['by'] {
  const known = installation.people.find((one) => idsOf(one).includes(actor.id));
  return { ...actor, name: known?.name ?? actor.name };
}

const member = ({ data }: RunRecord, name: string): unknown =>
  new Map(Object.entries({ ...(data as object) })).get(name);
