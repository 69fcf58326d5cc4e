import type { ReadyRule } from '../rules/prepareRules.ts';
import { spokenOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';
import { whyUnfit, whyUnwritable, type Problem } from './constants.ts';
import type { Refusal } from './fit.ts';
import { functionName } from '../masks/maskExpression.ts';
import type { Place } from '../rules/catalogue.ts';
import { masksOf } from './masksOf.ts';
import { isSamePlace, nameOf, type ColumnFacts, type Right, type TableObstacles } from './obstacles.ts';

type Found = ReadonlyMap<string, TableObstacles>;

/** What of a rule the catalogue alone refuses. */
export function refusalsOf(
  { rule }: ReadyRule,
  tables: readonly TableObstacles[],
  all: readonly ReadyRule[],
  found: Found,
): readonly Refusal[] {
  return tables.flatMap((table) => {
    const say = (problem: Problem, column?: string): Refusal => ({
      ruleId: rule.id,
      what: column === undefined ? nameOf(table) : `${nameOf(table)}.${column}`,
      ...problem,
    });
    const columns = new Map([...table.columns].map(([name, facts]) => [name.toUpperCase(), facts]));
    const written = writtenBy(rule).flatMap(([column, value]) => {
      const facts = columns.get(column);
      if (facts === undefined) return [];
      const problem = whyUnwritable(facts) ?? whyNotWritten(facts, value);
      return problem === undefined ? [] : [say(problem, column)];
    });
    return [
      ...whyUntouchable(table).map((problem) => say(problem)),
      ...deniedTo(rule, table).map((problem) => say(problem)),
      ...spokenOf(rule).own.flatMap((column) => {
        const facts = columns.get(column);
        return facts === undefined ? [] : whyUnread(rule, column, facts).map((problem) => say(problem, column));
      }),
      ...written,
      ...(rule.action === 'mask'
        ? maskedKeys(rule, table, all, found).map(({ problem, column }) => say(problem, column))
        : []),
    ];
  });
}

type Written =
  { readonly kind: 'constant'; readonly value: string | number | null } | { readonly kind: 'mask' | 'other' };

function writtenBy(rule: Rule): readonly (readonly [column: string, Written])[] {
  switch (rule.action) {
    case 'set-columns':
      return Object.entries(rule.values).map(([column, value]) => [
        column,
        typeof value === 'object' && value !== null ? { kind: 'other' } : { kind: 'constant', value },
      ]);
    case 'clear-columns':
    case 'keep-columns':
      return rule.columns.map((column) => [column, { kind: 'other' }]);
    case 'mask':
      return Object.keys(rule.columns).map((column) => [column, { kind: 'mask' }]);
    case 'delete-rows':
    case 'keep-rows':
    case 'sql':
      return [];
  }
}

function whyNotWritten(facts: ColumnFacts, written: Written): Problem | undefined {
  if (written.kind === 'constant') return whyUnfit(facts, written.value);
  if (facts.isEncrypted && (written.kind === 'mask' || !facts.isNullable))
    return { why: 'is encrypted by the applications (Always Encrypted)', remedy: 'delete the rows' };
  if (written.kind === 'mask' && !TEXTS.has(facts.base))
    return { why: `has the type ${facts.type}, and masks are text`, remedy: 'set or clear the column' };
  return undefined;
}

const TEXTS = new Set(['varchar', 'nvarchar', 'char', 'nchar', 'bpchar', 'text', 'citext', 'large-text']);

function whyUntouchable({ kind }: TableObstacles): readonly Problem[] {
  if (kind === 'ledger')
    return [
      { why: 'is a ledger table, which forgets nothing', remedy: 'leave it out of the source, or drop it before' },
    ];
  if (kind === 'foreign')
    return [{ why: 'lies on another server', remedy: 'sanitize it there, or drop it from the source' }];
  return [];
}

const NEEDS = {
  'delete-rows': ['SELECT', 'DELETE'],
  'keep-rows': ['SELECT', 'DELETE'],
  'set-columns': ['SELECT', 'UPDATE'],
  'clear-columns': ['SELECT', 'UPDATE'],
  'keep-columns': ['SELECT', 'UPDATE'],
  mask: ['SELECT', 'UPDATE'],
  sql: ['SELECT', 'UPDATE', 'DELETE'],
} as const satisfies Record<Rule['action'], readonly Right[]>;

function deniedTo(rule: Rule, table: TableObstacles): readonly Problem[] {
  const needs: Right[] = [...NEEDS[rule.action]];
  const rests = table.triggers.some(({ state }) => state === 'on' || state === 'always');
  if (rests || table.hidesRows || table.history !== undefined || table.isTracked) needs.push('ALTER');
  if ([...table.columns.values()].some(({ isMasked }) => isMasked)) needs.push('UNMASK');
  const lacking = needs.filter((right) => table.denied.includes(right));
  if (lacking.length === 0) return [];
  const rights = lacking.join(', ');
  return [{ why: `may not be touched by this account: ${rights} is denied`, remedy: `grant it ${rights}` }];
}

/** A condition reads, and so does every proof. */
function whyUnread(rule: Rule, column: string, facts: ColumnFacts): readonly Problem[] {
  if (facts.denied.includes('SELECT'))
    return [{ why: 'may not be read by this account', remedy: 'grant it SELECT on the column' }];
  if (facts.denied.includes('UPDATE') && writtenBy(rule).some(([written]) => written === column))
    return [{ why: 'may not be written by this account', remedy: 'grant it UPDATE on the column' }];
  return [];
}

interface HalfMasked {
  readonly column: string;
  readonly problem: Problem;
}

/** Foreign keys of which only one end is masked, or each in another way. */
function maskedKeys(
  rule: Extract<Rule, { action: 'mask' }>,
  table: TableObstacles,
  all: readonly ReadyRule[],
  found: Found,
): readonly HalfMasked[] {
  const maskOf = (place: Place, column: string) => {
    const end = found.get(nameOf(place));
    return end === undefined ? undefined : masksOf(end, all, found).get(column);
  };
  return [...table.references, ...table.referencedBy].flatMap((key) =>
    key.columns.flatMap((from, index): readonly HalfMasked[] => {
      const to = key.toColumns[index] ?? '';
      const isFrom = isSamePlace(key.from, table);
      const [column, other] = isFrom ? [from, `${nameOf(key.to)}.${to}`] : [to, `${nameOf(key.from)}.${from}`];
      if (rule.columns[column.toUpperCase()] === undefined) return [];
      const [one, two] = [maskOf(key.from, from), maskOf(key.to, to)];
      if (one !== undefined && two !== undefined && functionName(one) === functionName(two)) return [];
      const isSameKind = JSON.stringify(one?.kind) === JSON.stringify(two?.kind);
      const why = isSameKind
        ? `belongs to foreign key ${key.name} with ${other}, which has another length, and so its mask another form`
        : `belongs to foreign key ${key.name} with ${other}, which is not masked in the same way`;
      const remedy = isSameKind
        ? 'mask both with a kind that fits the shorter one'
        : `mask ${other} with the same kind`;
      return [{ column, problem: { why, remedy } }];
    }),
  );
}
