import type { DatabaseRole } from '../../contracts.ts';
import { kindOf } from '../masks/kinds.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import type { ColumnFact } from './columnFacts.ts';
import type { CoveredColumn } from './coverage.ts';
import type { Suspicion } from './findings.ts';

/** What a rule could do with a column, or that none can name it. */
type Treatment =
  | { readonly action: 'mask'; readonly kind: MaskKind }
  | { readonly action: 'clear' }
  | { readonly action: 'set'; readonly value: string }
  | { readonly action: 'none'; readonly why: string };

/**
 * A pack to start from, with a rule for every table of which columns look personal or secret and are not accepted. Somebody has to
 * read it. @param columns all of the database: a rule means the tables of its name in every schema
 */
export function skeletonOf(
  columns: readonly CoveredColumn[],
  name: string,
  role: DatabaseRole = 'application',
): string {
  const tables = Map.groupBy(columns, ({ fact }) => fact.table.toUpperCase());
  const elements = [...tables].map(([table, own]) => elementOf({ table, role }, mergedOf(own)));
  return [
    `name: ${name}`,
    'title: What coverage has found and no pack speaks of',
    elements.some(({ rules }) => rules.length > 0)
      ? 'elements:'
      : '# Nothing was found for which a rule could be written.',
    ...elements.flatMap(({ rules, comments, table }) => [
      ...comments,
      ...(rules.length === 0
        ? []
        : [
            `  - id: ${idOf(table)}-columns`,
            `    title: Personal or secret columns of ${table}`,
            '    source: Name here the policy that asks for it',
            '    disposition: cleared',
            '    reason: Say here what the columns tell, and of whom',
            '    rules:',
            ...rules,
          ]),
    ]),
    '',
  ].join('\n');
}

interface Found {
  readonly fact: ColumnFact;
  /** The rule that means some of its rows. */
  readonly rule?: string;
  readonly suspicions: readonly Suspicion[];
  /** Whether every table of this name in which something was found has it. */
  readonly isEverywhere: boolean;
}

/** Namesakes get one rule together; the shortest column decides. */
function mergedOf(columns: readonly CoveredColumn[]): readonly Found[] {
  const schemas = new Set(columns.map(({ fact }) => fact.schema)).size;
  return [...Map.groupBy(columns, ({ fact }) => fact.column.toUpperCase()).values()].flatMap((namesakes) => {
    const [found] = namesakes.filter(({ suspicions, isNew }) => suspicions.length > 0 && isNew);
    const [shortest] = namesakes.toSorted((one, other) => lengthOf(one.fact) - lengthOf(other.fact));
    if (found === undefined || shortest === undefined) return [];
    const { suspicions, ruling } = found;
    const isEverywhere = namesakes.length === schemas;
    return [{ fact: shortest.fact, suspicions, isEverywhere, ...(ruling.state === 'ruled' && { rule: ruling.rule }) }];
  });
}

const lengthOf = ({ maxLength = Infinity }: ColumnFact): number => maxLength;

interface Meant {
  readonly table: string;
  readonly role: DatabaseRole;
}

function elementOf(meant: Meant, columns: readonly Found[]) {
  const treated = columns.map((found) => ({ ...found, treatment: treatmentOf(found) }));
  const of = <Action extends Treatment['action']>(action: Action) =>
    treated.flatMap(({ fact, treatment, isEverywhere }) =>
      treatment.action === action
        ? // The comparison above proves it, and the compiler does not narrow by it.
          [
            {
              column: quoted(fact.column.toUpperCase()),
              isEverywhere,
              ...(treatment as Extract<Treatment, { action: Action }>),
            },
          ]
        : [],
    );
  const [masked, cleared, set] = [of('mask'), of('clear'), of('set')];
  const rules = [
    ...ruleOf(meant, 'masked', masked, {
      action: 'mask',
      what: `columns: { ${masked.map(({ column, kind }) => `${column}: ${shown(kind)}`).join(', ')} }`,
      offending: masked.map(({ column, kind }) => `column: ${column}, notMasked: ${shown(kind)}`),
    }),
    ...ruleOf(meant, 'cleared', cleared, {
      action: 'clear-columns',
      what: `columns: [${cleared.map(({ column }) => column).join(', ')}]`,
      offending: cleared.map(({ column }) => `column: ${column}, isNotEmpty: true`),
    }),
    ...ruleOf(meant, 'set', set, {
      action: 'set-columns',
      what: `values: { ${set.map(({ column, value }) => `${column}: '${value}'`).join(', ')} }`,
      offending: set.map(({ column, value }) => `column: ${column}, differs: '${value}'`),
    }),
  ];
  const comments = treated.flatMap(({ fact, treatment }) =>
    treatment.action === 'none'
      ? [`  # ${JSON.stringify(fact.table)}.${JSON.stringify(fact.column)}: ${treatment.why}`]
      : [],
  );
  return { table: meant.table, rules, comments };
}

interface Written {
  readonly action: string;
  readonly what: string;
  readonly offending: readonly string[];
}

function ruleOf(
  { table, role }: Meant,
  suffix: string,
  columns: readonly { readonly isEverywhere: boolean }[],
  { action, what, offending }: Written,
): readonly string[] {
  if (columns.length === 0) return [];
  return [
    `      - id: ${idOf(table)}-${suffix}`,
    ...(role === 'application' ? [] : [`        database: ${role}`]),
    `        table: ${quoted(table)}`,
    ...(columns.every(({ isEverywhere }) => isEverywhere) ? [] : ['        whenColumnAbsent: skip']),
    `        action: ${action}`,
    `        ${what}`,
    ...(offending.length === 1
      ? [`        offending: [{ ${offending[0] ?? ''} }]`]
      : ['        offending:', '          - any:', ...offending.map((each) => `              - { ${each} }`)]),
  ];
}

function treatmentOf({ fact, suspicions, rule }: Found): Treatment {
  const { table, column, family, isNullable } = fact;
  const isNameable = (name: string) => /^[A-Z][A-Z0-9_]{0,127}$/.test(name.toUpperCase());
  if (!isNameable(table) || !isNameable(column)) return { action: 'none', why: 'a pack has no word for such a name' };
  if (rule !== undefined)
    return { action: 'none', why: `rule ${rule} means some of its rows: write one for the others` };
  if (suspicions.every(isUserId))
    return { action: 'none', why: 'rows and rules name a user by it: declare it harmless, or mask it in every table' };
  if (family === 'text') {
    const kind = maskOf(fact, suspicions);
    return kind === undefined ? { action: 'clear' } : { action: 'mask', kind };
  }
  if (isNullable || family === 'number' || family === 'binary') return { action: 'clear' };
  if (family === 'date') return { action: 'set', value: '1900-01-01T00:00:00' };
  return { action: 'none', why: 'must not be NULL and has no empty value: write a rule with a statement of its own' };
}

const isUserId = (suspicion: Suspicion): boolean =>
  suspicion.by === 'name' && suspicion.kind === 'sign-in' && /^(USER|ID|USERID|\w+BY)$/.test(suspicion.piece);

/** The best of the kinds that fit what the column seems to hold and how long it is; undefined: better nothing than a mask. */
function maskOf({ column, maxLength = Infinity }: ColumnFact, suspicions: readonly Suspicion[]): MaskKind | undefined {
  const [worst] = suspicions;
  // Texts in which something stands among other things are no names or addresses.
  const isMixed = worst?.by === 'content' && worst.share < 0.5;
  if (isMixed || suspicions.some(({ kind }) => kind === 'note')) return undefined;
  const kinds = worst === undefined ? [] : masksFor(worst, column.toUpperCase());
  return kinds.find((kind) => kindOf(kind).length <= maxLength);
}

const TOKENS: readonly MaskKind[] = ['token', { token: 12 }, { token: 8 }];

function masksFor({ kind }: Suspicion, column: string): readonly MaskKind[] {
  switch (kind) {
    case 'person name':
      return /FIRST/.test(column)
        ? [{ person: 'first' }]
        : /LAST|SURNAME/.test(column)
          ? [{ person: 'last' }]
          : ['person', ...TOKENS];
    case 'e-mail':
      return ['email', ...TOKENS];
    case 'phone':
      return ['phone'];
    case 'bank account':
      return [...(/IBAN/.test(column) ? (['iban'] as const) : []), ...TOKENS];
    case 'tax or identity number':
      return ['tax-number', ...TOKENS];
    case 'payment card':
    case 'sign-in':
      return TOKENS;
    case 'address':
      return /STREET|ADDRESS/.test(column) ? ['street'] : /CITY/.test(column) ? ['city'] : [];
    case 'secret':
    case 'private detail':
    case 'pay':
    case 'note':
    case 'file':
    case 'endpoint':
      return [];
  }
}

const shown = (kind: MaskKind): string =>
  typeof kind === 'string'
    ? kind
    : `{ ${Object.entries(kind)
        .map(([key, value]) => `${key}: ${String(value)}`)
        .join()} }`;

const idOf = (table: string): string => table.toLowerCase().replaceAll(/_+/g, '-').replace(/-$/, '');

/** Words that YAML does not take for text. */
const quoted = (name: string): string => (/^(NULL|TRUE|FALSE)$/.test(name) ? `'${name}'` : name);
