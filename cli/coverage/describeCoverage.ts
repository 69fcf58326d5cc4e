import type { Coverage, CoveredColumn } from '../../engine/sanitization/coverage/coverage.ts';
import type { Suspicion } from '../../engine/sanitization/coverage/findings.ts';
import { shownText } from '../../engine/shownText.ts';
import { counted } from '../../engine/counted.ts';

/** What a coverage is of. */
export interface About {
  readonly name: string;
  readonly packs: readonly string[];
  readonly hasBaseline: boolean;
}

/** The worst are told; --json has them all. */
const MOST_LINES = 60;

/** For people: counts, then what looks personal, worst first, what is not in the baseline before what is. */
export function describeCoverage(
  { columns, counts }: Coverage,
  { name, packs, hasBaseline }: About,
): readonly string[] {
  const suspicious = columns.filter(({ suspicions }) => suspicions.length > 0);
  const [fresh, accepted] = [suspicious.filter(({ isNew }) => isNew), suspicious.filter(({ isNew }) => !isNew)];
  return [
    `${shownText(name)}: ${counted(counts.columns, 'column')} of ${counted(counts.tables, 'table')}, packs ${packs.map((pack) => shownText(pack)).join(', ')}`,
    `  ${figure(counts.ruled)} ruled, ${figure(counts.harmless)} declared harmless, ${figure(counts.system)} of the application itself, ${figure(counts.unknown)} unknown`,
    ...unseenLines(columns),
    ...newLines(columns, hasBaseline),
    ...(suspicious.length === 0
      ? ['No column about which nobody has decided looks personal or secret.']
      : [
          `${counted(counts.suspicious, 'column')} ${counts.suspicious === 1 ? 'looks' : 'look'} personal or secret, and nobody has decided.`,
        ]),
    ...listed(hasBaseline ? 'Not accepted in the baseline' : undefined, '✗', fresh),
    ...listed('Accepted in the baseline', '?', accepted),
  ];
}

function listed(title: string | undefined, glyph: string, columns: readonly CoveredColumn[]): readonly string[] {
  if (columns.length === 0) return [];
  const more = columns.length - MOST_LINES;
  return [
    ...(title === undefined ? [] : [`${title}: ${figure(columns.length)}`]),
    ...columns.slice(0, MOST_LINES).map(({ fact, ruling, suspicions }) => {
      const { schema, table, column } = fact;
      const rows = ruling.state === 'ruled' ? ` (in rows that rule ${ruling.rule} leaves as they are)` : '';
      return `${glyph} ${shownText(`${schema}.${table}.${column}`)}: ${suspicions.map(describeSuspicion).join('; ')}${rows}`;
    }),
    ...(more > 0 ? [`  … ${figure(more)} more (--json lists them)`] : []),
  ];
}

/** `phone: international phone numbers in 98 % of 2,000 values`, `e-mail by its name (EMAIL)` */
export function describeSuspicion(suspicion: Suspicion): string {
  if (suspicion.by === 'name') return `${suspicion.kind} by its name (${suspicion.piece})`;
  const { kind, form, share, sampled } = suspicion;
  return `${kind}: ${form} in ${percent(share)} of ${counted(sampled, 'value')}`;
}

function newLines(columns: readonly CoveredColumn[], hasBaseline: boolean): readonly string[] {
  const count = columns.filter(({ isNew, ruling }) => isNew && ruling.state === 'unknown').length;
  return hasBaseline
    ? [`  ${figure(count)} unknown ${count === 1 ? 'column is' : 'columns are'} new since the baseline`]
    : [];
}

/** Whose values could not be looked at: their names are all that is known. */
function unseenLines(columns: readonly CoveredColumn[]): readonly string[] {
  const unseen = columns.filter(({ ruling, fact }) => ruling.state === 'unknown' && fact.unseen !== undefined);
  const reasons = Map.groupBy(unseen, ({ fact }) => fact.unseen ?? '');
  return [...reasons].map(([why, { length }]) => `  ${counted(length, 'unknown column')} told by name alone: ${why}`);
}

function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 ? 'less than 1 %' : `${String(rounded)} %`;
}

const figure = (count: number): string => count.toLocaleString('en');
