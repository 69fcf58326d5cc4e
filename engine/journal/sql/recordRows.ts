import type { Evidence, RunRecord, Way } from '../../contracts.ts';
import { storable } from '../access.ts';
import { canonicalJson } from '../canonicalJson.ts';
import { hashOf } from '../hashChain.ts';
import type { SignDecision } from '../signatures.ts';
import type { RecordColumns } from './tables.ts';

/** A record, signed where somebody signs, as its columns. */
export function columnsOfRecord(
  { evidence, ...content }: Omit<RunRecord, 'hash'>,
  sign: SignDecision | undefined,
): RecordColumns & { readonly evidence: string } {
  // As it will be read back: the database keeps no half characters, and absent members are not kept at all.
  const unsigned = {
    ...content,
    actor: wellFormed(content.actor),
    data: JSON.parse(canonicalJson(content.data)) as unknown,
  };
  const record = { ...unsigned, evidence: { ...evidence, ...(sign ? { signature: sign(unsigned) } : {}) } };
  return {
    seq: record.seq,
    at: record.at,
    actor_id: record.actor.id,
    actor_name: record.actor.name,
    actor_tenant: record.actor.tenantId,
    actor_way: record.actor.way === undefined ? null : canonicalJson(record.actor.way),
    event: record.event,
    data: canonicalJson(record.data),
    evidence: canonicalJson(record.evidence),
    previous_hash: record.previousHash,
    hash: hashOf(record),
  };
}

export const recordIn = (runId: string, row: RecordColumns): RunRecord => ({
  ...{ runId, seq: row.seq, at: row.at },
  actor: {
    ...{ id: row.actor_id, tenantId: row.actor_tenant, name: row.actor_name },
    // The text was written by this file, from a Way.
    ...(row.actor_way === null ? {} : { way: JSON.parse(row.actor_way) as Way }),
  },
  event: row.event,
  data: JSON.parse(row.data) as unknown,
  // Written by `columnsOfRecord`.
  ...(row.evidence === null ? {} : { evidence: JSON.parse(row.evidence) as Evidence }),
  ...{ previousHash: row.previous_hash, hash: row.hash },
});

function wellFormed({ id, tenantId, name, way }: RunRecord['actor']): RunRecord['actor'] {
  return {
    ...{ id: storable(id), tenantId: storable(tenantId), name: storable(name) },
    // Host and account are a machine's, and `as` was typed.
    ...(way ? { way: JSON.parse(storable(canonicalJson(way))) as Way } : {}),
  };
}
