import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../../engine/contracts.ts';
import { CHAIN_START, hashOf, verifyChain } from '../../../engine/journal/hashChain.ts';
import { ANN, BOB, NOW } from './builders.ts';

function aChain(length: number): RunRecord[] {
  const records: RunRecord[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const content = {
      ...{ runId: 'R-1001', seq, at: NOW, actor: seq % 2 ? ANN : BOB, event: `event-${seq % 3}` },
      ...{
        data: { text: `n ${seq % 4}`, deep: { list: [seq % 5] } },
        previousHash: records.at(-1)?.hash ?? CHAIN_START,
      },
    };
    records.push({ ...content, hash: hashOf(content) });
  }
  return records;
}

const chain = aChain(30);
const anchor = { length: chain.length, head: chain.at(-1)?.hash ?? '' };

type Mutation = (records: RunRecord[], at: number, other: number) => RunRecord[];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'change the actor': (records, at) => records.with(at, { ...read(records, at), actor: { ...ANN, id: 'eve' } }),
  'change the time': (records, at) => records.with(at, { ...read(records, at), at: '2026-11-20T18:00:00.001Z' }),
  'change the event': (records, at) => records.with(at, { ...read(records, at), event: 'approve' }),
  'change the data': (records, at) => records.with(at, { ...read(records, at), data: { text: '' } }),
  'change the run': (records, at) => records.with(at, { ...read(records, at), runId: 'R-1002' }),
  'change a hash': (records, at) => records.with(at, { ...read(records, at), hash: CHAIN_START.replace('0', '1') }),
  'change it and hash it again': (records, at) => {
    const changed = { ...read(records, at), event: 'approve' };
    return records.with(at, { ...changed, hash: hashOf(changed) });
  },
  'change it and forge all that follows': (records, at) => {
    const forged = records.slice(0, at);
    for (const record of records.slice(at)) {
      const changed = { ...record, event: `${record.event}!`, previousHash: forged.at(-1)?.hash ?? CHAIN_START };
      forged.push({ ...changed, hash: hashOf(changed) });
    }
    return forged;
  },
  'delete one': (records, at) => records.toSpliced(at, 1),
  'delete and number anew': (records, at) =>
    records.toSpliced(at, 1).map((record, index) => Object.assign({}, record, { seq: index + 1 })),
  'repeat one': (records, at) => records.toSpliced(at, 0, read(records, at)),
  'cut the end': (records, at) => records.slice(0, at),
  'swap two': (records, at, other) => records.with(at, read(records, other)).with(other, read(records, at)),
};

function read(records: readonly RunRecord[], at: number): RunRecord {
  const record = records[at];
  if (!record) throw new Error(`No record ${at}`);
  return record;
}

test('a chain › is intact when nothing was changed', () => {
  expect(verifyChain(chain, anchor)).toEqual({ intact: true, head: anchor.head });
  expect(verifyChain([])).toEqual({ intact: true, head: CHAIN_START });
});

test('a chain › shows every change, deletion, reordering and cut, and where it begins', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.entries(MUTATIONS)),
      fc.nat(chain.length - 1),
      fc.nat(chain.length - 1),
      ([name, mutate], at, other) => {
        fc.pre(name !== 'swap two' || at !== other);
        const { intact, firstBadSeq } = verifyChain(mutate([...chain], at, other), anchor);
        expect({ name, intact }).toEqual({ name, intact: false });
        expect({ name, firstBadSeq }).toEqual({
          name,
          firstBadSeq: firstBadSeqAfter(name, Math.min(at, name === 'swap two' ? other : at)),
        });
      },
    ),
    { numRuns: 1_000 },
  );
});

function firstBadSeqAfter(mutation: string, at: number): number {
  // Whoever can forge all that follows is betrayed by the anchored head alone.
  if (mutation.includes('forge')) return chain.length + 1;
  // The record itself fits; the one behind it does not.
  return ['repeat one', 'change it and hash it again'].includes(mutation) ? at + 2 : at + 1;
}
