import { isPersonsDecision, signatureOf, type VerifyingKey } from '../signatures.ts';
import { examineChain } from './examineChain.ts';
import { examineDocument } from './examineDocument.ts';
import { examineLog } from './examineLog.ts';
import { examineReport } from './examineReport.ts';
import type { Finding } from './finding.ts';
import type { RunRecord } from '../../contracts.ts';
import type { AuditSource, RunMaterial } from './material.ts';

export interface RunReport {
  readonly findings: readonly Finding[];
  /** True, and no finding: lines and decisions that nothing binds. */
  readonly notes: readonly string[];
  /** Hash of the last record. */
  readonly head: string;
}

/** Everything that can be said of one run from its own tables, and of the run that its first record names. */
export async function examineRun(
  source: Pick<AuditSource, 'hashAt'>,
  material: RunMaterial,
  keys: readonly VerifyingKey[],
): Promise<RunReport> {
  const log = examineLog(material);
  return {
    findings: [
      ...examineChain(material, keys),
      ...examineDocument(material),
      ...log.findings,
      ...examineReport(material),
      ...(await examineLink(source, material)),
    ],
    notes: [...log.notes, ...unsignedIn(material.records, keys)],
    head: material.records.at(-1)?.hash ?? '',
  };
}

/** The run before stood where the first record says it did. */
async function examineLink(
  source: Pick<AuditSource, 'hashAt'>,
  { run, records }: RunMaterial,
): Promise<readonly Finding[]> {
  const before = records[0]?.evidence?.before;
  if (!before) return [];
  const hash = await source.hashAt(before.runId, before.seq);
  if (hash === before.hash) return [];
  const where = `record ${String(before.seq)} of ${before.runId}`;
  return [
    hash === undefined
      ? { kind: 'run-missing', runId: before.runId, text: `${where}, which ${run.runId} began behind, is missing` }
      : { kind: 'run-altered', runId: before.runId, text: `${where} is not the one that ${run.runId} began behind` },
  ];
}

/** What people decided and nobody signed, or with another key. */
export function unsignedIn(records: readonly RunRecord[], keys: readonly VerifyingKey[]): readonly string[] {
  return records
    .filter((record) => isPersonsDecision(record) && signatureOf(record, keys) !== 'valid')
    .map((record) => {
      const name = `Record ${String(record.seq)} (${record.event} by ${record.actor.name})`;
      const state = signatureOf(record, keys);
      if (state === 'unknown-key')
        return `${name} is signed by the key ${record.evidence?.signature?.key ?? ''}, which is not known here`;
      return `${name} is not signed`;
    });
}
