import { createHash } from 'node:crypto';
import type { TargetRow } from './targetRows.ts';

/** What a set of rows holds, in whatever order they come and however many there are, in one number. */
export interface RowDigest {
  add(row: TargetRow): void;
  readonly rows: number;
  /** Hex. Equal sets of rows have equal contents; it lives in the worker's memory alone, as a short value could be guessed from it. */
  readonly content: string;
}

/** The sum of the rows' hashes, so that rows which stand there twice count twice. `decimals`: columns of a type with a scale. */
export function digestRows(columns: readonly string[], decimals: ReadonlySet<string>): RowDigest {
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      const text = JSON.stringify(columns.map((column) => shown(row[column], decimals.has(column))));
      sum = (sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % MODULUS;
      rows += 1;
    },
    get rows() {
      return rows;
    },
    get content() {
      return `${String(rows)}:${sum.toString(16)}`;
    },
  };
}

const MODULUS = 2n ** 256n;

/** Two releases may differ in how many zeros stand behind the point; the number is the same. */
function shown(value: unknown, isDecimal: boolean): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (isDecimal && typeof value === 'string' && value.includes('.')) return value.replace(/\.?0+$/, '');
  return value ?? null;
}
