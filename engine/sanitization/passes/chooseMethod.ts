import type { Rule } from '../pack/rulePack.ts';
import { columnsWritten } from '../pack/ruleColumns.ts';
import type { Counts } from './countRules.ts';
import type { Method } from './ledger.ts';
import { isRewritable } from './rewrite.ts';
import { isStatement, type Work } from './statements.ts';
import type { KeyColumn, TableFacts } from './facts/tableFacts.ts';

/** How large is large, and how much one transaction takes on. */
export interface Sizes {
  /** Tables of PostgreSQL with fewer pages, tables of SQL Server with fewer rows, are changed by one statement. */
  readonly smallPages: number;
  readonly smallRows: number;
  readonly pagesPerRange: number;
  readonly rowsPerSlice: number;
  /** So many pages tell the share of the rows well enough. */
  readonly sampledPages: number;
  /** Of the rows; from here on a table is written anew. */
  readonly rewriteShare: number;
}

/**
 * Measured on PostgreSQL 18: a rewrite costs as much as ranges at 15 to 20 % of the rows, ranges cost the same from 512
 * to 32,768 pages, slices of fewer than 100,000 rows cost more.
 */
export const SIZES: Sizes = {
  smallPages: 1_024,
  smallRows: 100_000,
  pagesPerRange: 8_192,
  rowsPerSlice: 100_000,
  sampledPages: 2_000,
  rewriteShare: 0.18,
};

export const isLarge = ({ pages, rows }: TableFacts, { smallPages, smallRows }: Sizes): boolean =>
  pages > 0 ? pages > smallPages : rows > smallRows;

/** How the rows of a large table are changed. A mask is applied once only where no row can be met again: not by pages. */
export function chooseMethod(work: Work, facts: TableFacts, { counts, rows }: Counts, { rewriteShare }: Sizes): Method {
  // Which rows it means, a statement of its own says itself.
  if (work.rules.some(isStatement)) return 'whole';
  if (work.dialect === 'postgres') {
    const changed = Math.max(0, ...counts);
    if (changed >= rewriteShare * rows && isRewritable(work, facts)) return 'rewrite';
    if (facts.isWhole && isRepeatable(work.rules)) return 'pages';
  }
  return keyFor(work.rules, facts) === undefined ? 'whole' : 'slices';
}

/** A key that the rules do not write: a row must not move to where the walk has yet to come. */
export function keyFor(rules: readonly Rule[], { keys }: TableFacts): readonly KeyColumn[] | undefined {
  const written = new Set([...rules.flatMap(columnsWritten), 'RECVERSION']);
  return keys.find((key) => key.every(({ name }) => !written.has(name.toUpperCase())));
}

/** Carried out twice, the rules leave what they left the first time. */
const isIdempotent = (rules: readonly Rule[]): boolean => rules.every(({ action }) => IDEMPOTENT.has(action));

const IDEMPOTENT: ReadonlySet<Rule['action']> = new Set([
  'delete-rows',
  'keep-rows',
  'set-columns',
  'clear-columns',
  'keep-columns',
  // Whoever writes a statement promises it.
  'sql',
]);

/** A changed row is not pending any more, so that it may be met again at its new address. */
export function isRepeatable(rules: readonly Rule[]): boolean {
  const written = rules.flatMap(columnsWritten);
  return isIdempotent(rules) && written.length === new Set(written).size;
}
