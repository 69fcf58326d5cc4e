import { acceptedBy, type Baseline } from './baseline.ts';
import { idOf, type ColumnFact } from './columnFacts.ts';
import type { Coverage, CoverageCounts, CoveredColumn } from './coverage.ts';
import { rankOf, type ByContent, type Suspicion } from './findings.ts';
import { suspectName } from './names/suspectName.ts';
import type { Ruling, Rulings } from './rulings.ts';

/** What the application keeps in every table for itself: counters, partitions, who wrote a row and when. */
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set([
  ...['RECID', 'RECVERSION', 'PARTITION', 'DATAAREAID', 'SYSROWVERSION', 'SYSROWVERSIONNUMBER'],
  ...['CREATEDBY', 'CREATEDDATETIME', 'CREATEDDATE', 'CREATEDTIME', 'CREATEDTRANSACTIONID'],
  ...['MODIFIEDBY', 'MODIFIEDDATETIME', 'MODIFIEDDATE', 'MODIFIEDTIME', 'MODIFIEDTRANSACTIONID'],
]);

/** Whether nobody has decided about a column, or about some of its rows, so that looking at its values is worth the time. */
export function isUndecided(fact: ColumnFact, ruling: Ruling | undefined): boolean {
  if (ruling !== undefined) return ruling.state === 'ruled' && ruling.rows === 'some';
  return !SYSTEM_COLUMNS.has(fact.column.toUpperCase());
}

/**
 * Sorts columns by who has decided about them and what they look like.
 * @param seen what `suspectContent` says of the values that were looked at: of rows about which nobody has decided
 */
export function classify(
  facts: readonly ColumnFact[],
  seen: ReadonlyMap<ColumnFact, readonly ByContent[]>,
  { rulings, baseline }: { readonly rulings: Rulings; readonly baseline?: Baseline | undefined },
): Coverage {
  const columns = facts.map((fact): CoveredColumn => {
    const decided = rulings.of(fact);
    const isOpen = isUndecided(fact, decided);
    const ruling = decided ?? { state: isOpen ? ('unknown' as const) : ('system' as const) };
    const content = isOpen ? seen.get(fact) : undefined;
    // Of a column that a rule speaks of, the name is no news; what stands in its other rows is.
    const suspicions = worstFirst([...(content ?? []), ...(ruling.state === 'unknown' ? suspectName(fact) : [])]);
    return {
      fact,
      ruling,
      suspicions,
      isSampled: content !== undefined,
      isNew: !acceptedBy(baseline, fact, suspicions),
      isUnlisted: baseline?.columns.has(idOf(fact)) !== true,
    };
  });
  const order = (each: CoveredColumn) => [
    each.suspicions.length === 0 ? 1 : 0,
    each.isNew ? 0 : 1,
    rankOf(each.suspicions),
    each.ruling.state === 'unknown' ? 0 : 1,
  ];
  const sorted = columns
    .map((column) => ({ column, keys: order(column), id: idOf(column.fact) }))
    .toSorted((one, other) => compareKeys(one.keys, other.keys) || (one.id < other.id ? -1 : 1))
    .map(({ column }) => column);
  return { columns: sorted, counts: countsOf(columns) };
}

const worstFirst = (suspicions: readonly Suspicion[]) =>
  suspicions.toSorted((one, other) => rankOf([one]) - rankOf([other]));

function compareKeys(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((key, at) => key !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) < (other[index] ?? 0) ? -1 : 1;
}

function countsOf(columns: readonly CoveredColumn[]): CoverageCounts {
  const count = (is: (column: CoveredColumn) => boolean) => columns.filter(is).length;
  const inState = (state: CoveredColumn['ruling']['state']) => count(({ ruling }) => ruling.state === state);
  return {
    columns: columns.length,
    tables: new Set(columns.map(({ fact }) => JSON.stringify([fact.schema, fact.table]))).size,
    ruled: inState('ruled'),
    harmless: inState('harmless'),
    system: inState('system'),
    unknown: inState('unknown'),
    suspicious: count(({ suspicions }) => suspicions.length > 0),
    notAccepted: count(({ suspicions, isNew }) => suspicions.length > 0 && isNew),
  };
}
