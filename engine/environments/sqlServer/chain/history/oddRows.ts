import type { OddRow } from './backupHistory.ts';

const mostNames = 5;

/** How many rows are odd, and what the first of them are, in one sentence for people. */
export function describeOddRows(odd: readonly OddRow[]): readonly string[] {
  if (odd.length === 0) return [];
  const count =
    odd.length === 1 ? 'One row of the backup history is' : `${String(odd.length)} rows of the backup history are`;
  const named = odd
    .slice(0, mostNames)
    .map(({ row, name, why }) => `row ${String(row)}${name && ` (${name})`}: ${why}`);
  const more = odd.length - named.length;
  return [`${count} odd. ${named.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`];
}
