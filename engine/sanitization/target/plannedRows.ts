import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Sandbox } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import { nameOf } from '../fit/obstacles.ts';
import { readObstacles } from '../fit/readObstacles.ts';
import type { OriginOf } from '../pack/packProblems.ts';
import type { Rule } from '../pack/rulePack.ts';
import { contentOf, saidBy } from '../profile/decideRows.ts';
import { isNotCarried } from '../profile/rows.ts';
import { prepareRules } from '../rules/prepareRules.ts';
import { cannotTravel, speakExactly } from './exactValues.ts';
import { pagesOf, ROWS_PER_PAGE, type KeptSelection } from './keptContent.ts';
import type { Side, TargetRow } from './targetRows.ts';

export type KeepRule = Extract<Rule, { action: 'keep-rows' | 'keep-columns' }>;

export function isKept(rule: Rule): rule is KeepRule {
  return rule.action === 'keep-rows' || rule.action === 'keep-columns';
}

/**
 * Rows that the sandbox keeps of its own, as they are when the plan is made: hashes of what they say. Kept by the journal apart from the
 * plan, which is bound to it by its hash. The key goes with the list: what stays of it in the plan, nobody can try guesses on.
 */
export const plannedRows = z.array(
  z.strictObject({
    ...{ rule: z.string(), table: z.string(), columns: z.array(z.string()), rows: z.array(z.string()) },
    /** Hashes of older lists have none. */
    key: z.string().optional(),
  }),
);
export type PlannedRows = z.infer<typeof plannedRows>;

const newKey = (): string => randomBytes(32).toString('base64url');

/** Half of what SHA-256 gives tells rows apart, and there may be many. */
const HASH_CHARACTERS = 22;

function keyedContentOf(row: TargetRow, columns: readonly string[], key: string | undefined): string {
  if (key === undefined) return contentOf(row, columns);
  const hash = createHmac('sha256', key).update(JSON.stringify(saidBy(row, columns)));
  return hash.digest('base64url').slice(0, HASH_CHARACTERS);
}

/** What is known of the rows of one rule and table from when the plan was made. */
export interface Planned {
  /** Which have to be read to tell. */
  readonly columns: readonly string[];
  /** Whether a row stood so. */
  readonly holds: (row: TargetRow) => boolean;
}

/**
 * Reads the sandbox in use.
 * @param before of the same run: with its key, what is still so has the same hash
 * @throws MandatoryTableMissingError, ColumnMismatchError where the rules do not fit it
 */
export async function planRows(
  target: ReadSession,
  rules: readonly KeepRule[],
  sandbox: Pick<Sandbox, 'administrator'>,
  { originOf, before = [] }: { readonly originOf?: OriginOf; readonly before?: PlannedRows } = {},
): Promise<PlannedRows> {
  const key = before.find((each) => each.key !== undefined)?.key ?? newKey();
  const planned: PlannedRows = [];
  for await (const { rule, table, columns, pages } of keptTables(target, rules, sandbox, originOf)) {
    const rows = new Set<string>();
    for await (const page of pages) for (const row of page) rows.add(keyedContentOf(row, columns, key));
    planned.push({ rule: rule.id, table, columns: [...columns], key, rows: [...rows].toSorted() });
  }
  return planned;
}

/** The rows that rules keep of the sandbox, table by table. */
export async function* keptTables(
  target: ReadSession,
  rules: readonly KeepRule[],
  sandbox: Pick<Sandbox, 'administrator'>,
  originOf?: OriginOf,
) {
  if (rules.length === 0) return;
  await speakExactly(target);
  const prepared = await prepareRules(target, rules, sandbox, originOf);
  const { tables } = await readObstacles(
    target,
    rules.map(({ table }) => table),
    ['columns'],
  );
  const byName = new Map(tables.map((each) => [nameOf(each), each]));
  for (const each of prepared.rules) {
    if (each.kind === 'skipped' || !isKept(each.rule)) continue;
    const { rule, place, table } = each;
    const facts = [...(byName.get(nameOf(place))?.columns ?? [])].map(
      ([name, column]) => [name.toUpperCase(), column] as const,
    );
    const scope = { dialect: target.dialect, catalogue: prepared.catalogue, ...sandbox, ...place };
    const side: Side & { readonly session: ReadSession } = { session: target, scope, columns: new Map(facts) };
    const columns = columnsRead(rule, side);
    yield { rule, table, columns, pages: pagesOf(side, selectionOf(rule, columns)) };
  }
}

export const selectionOf = (rule: KeepRule, columns: readonly string[]): KeptSelection => ({
  ...{ columns, key: rule.key, batchRows: ROWS_PER_PAGE },
  where: [...(rule.where ?? []), ...(rule.action === 'keep-columns' ? (rule.whereInTarget ?? []) : [])],
});

/** What the server counts and stamps by itself says nothing of what somebody has set; the key tells the rows apart. */
function columnsRead(rule: KeepRule, { columns }: Side): readonly string[] {
  const own = [...columns]
    .filter(([, facts]) => !facts.isComputed && !facts.isServerMade && !cannotTravel(facts))
    .map(([name]) => name)
    .filter((name) => (rule.action === 'keep-rows' ? !isNotCarried(name) : rule.columns.includes(name)));
  return [...new Set([rule.key, ...own])];
}

/** By rule and table as they are shown. Without a list, everything was so. */
export function plannedOf(all: PlannedRows | undefined, rule: KeepRule, table: string): Planned {
  if (all === undefined) return { columns: [], holds: () => true };
  const own = all.find((each) => each.rule === rule.id && each.table === table);
  const rows = new Set(own?.rows);
  const { columns = [], key } = own ?? {};
  return { columns, holds: (row) => rows.has(keyedContentOf(row, columns, key)) };
}
