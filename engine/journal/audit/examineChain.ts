import { CHAIN_START, hashOf } from '../hashChain.ts';
import { signatureOf, type VerifyingKey } from '../signatures.ts';
import { range, type Finding } from './finding.ts';
import type { RunRecord } from '../../contracts.ts';

/** Whose records they are, and how many of them it counts. */
interface Chained {
  readonly runId: string;
  readonly version: number;
}

/** Whether each record is the one that was written, and none lacks or is one too many. */
export function examineChain(
  { run, records }: { readonly run: Chained; readonly records: readonly RunRecord[] },
  keys: readonly VerifyingKey[],
): readonly Finding[] {
  const { runId } = run;
  const findings: Finding[] = [];
  const find = (kind: Finding['kind'], text: string) => findings.push({ kind, runId, text });
  let expected = 1;
  let previousHash = CHAIN_START;
  let isBound = false;
  for (const record of records) {
    const name = `record ${String(record.seq)} (${record.event})`;
    const isGap = record.seq > expected;
    if (isGap) find('record-missing', `record ${range(expected, record.seq - 1)} is missing`);
    if (record.hash !== hashOf(record)) find('record-altered', `${name} is not what was written`);
    else if (!isGap && record.previousHash !== previousHash)
      find('record-altered', `${name} does not follow from the record before it`);
    else if (isBound && record.evidence?.document === undefined)
      find('record-altered', `${name} lacks the evidence that the records before it carry`);
    if (signatureOf(record, keys) === 'wrong')
      find('signature-wrong', `the signature of ${name} is not that of ${record.actor.id} deciding this here`);
    isBound ||= record.evidence?.document !== undefined;
    expected = record.seq + 1;
    previousHash = record.hash;
  }
  if (run.version >= expected) find('record-missing', `record ${range(expected, run.version)} is missing at the end`);
  if (run.version < expected - 1)
    find('record-unexpected', `record ${range(run.version + 1, expected - 1)} came behind what the run counts`);
  return findings;
}
