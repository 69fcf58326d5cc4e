import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeRows } from '../../../engine/databases/postgres/takeRows.ts';

const message = (kind: string, body: string): Buffer => {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(kind, 0, 'latin1');
  bytes.writeUInt32BE(4 + body.length, 1);
  bytes.write(body, 5, 'latin1');
  return bytes;
};

const rows = fc.record({ kind: fc.constant('d'), body: fc.string({ unit: 'binary-ascii', maxLength: 40 }) });
const others = fc.record({
  kind: fc.constantFrom('N', 'S', 'H', 'c', 'C'),
  body: fc.string({ unit: 'binary-ascii', maxLength: 9 }),
});
const statements = fc.array(fc.oneof({ weight: 3, arbitrary: rows }, others), { maxLength: 12 });

test('rows of COPY › are taken whole however the socket cuts them, and the driver is given all the rest', () => {
  fc.assert(
    fc.property(
      statements,
      statements,
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (first, next, cuts) => {
        const stream = new PassThrough();
        const driver: Buffer[] = [];
        const listener = (bytes: Buffer) => void driver.push(Buffer.from(bytes));
        stream.on('data', listener);
        const taken: string[] = [];
        takeRows(stream, (bytes, from, to) => taken.push(bytes.toString('latin1', from, to)));
        const sent = (all: typeof first) => Buffer.concat(all.map(({ kind, body }) => message(kind, body)));
        const behind = Buffer.concat([message('Z', 'I'), sent(next)]);
        const bytes = Buffer.concat([sent(first), behind]);
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const end = at + (cuts[cut % cuts.length] ?? 1);
          stream.emit('data', bytes.subarray(at, end));
          at = end;
        }
        expect(taken).toEqual(first.filter(({ kind }) => kind === 'd').map(({ body }) => body));
        // Behind the end of the statement even rows are the driver's.
        expect(Buffer.concat(driver)).toEqual(Buffer.concat([sent(first.filter(({ kind }) => kind !== 'd')), behind]));
        expect(stream.listeners('data')).toEqual([listener]);
      },
    ),
    { numRuns: 200 },
  );
});
