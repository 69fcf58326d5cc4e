import type { CompiledQuery } from 'kysely';
import type { Dialect } from '../../engine/environments/provider.ts';
import type { Catalogue } from '../../engine/sanitization/rules/catalogue.ts';
import { isOffending, isPending } from '../../engine/sanitization/rules/compileRule.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import { countClaims } from '../../engine/sanitization/passes/countRules.ts';
import { createLedger, noteProgress, noteResting } from '../../engine/sanitization/passes/ledger.ts';
import { planPasses, type Pass } from '../../engine/sanitization/passes/planPasses.ts';
import { putToRest, wake } from '../../engine/sanitization/passes/rest/rest.ts';
import { FOREIGN_KEY, type Resting } from '../../engine/sanitization/passes/rest/resting.ts';
import { rewriteTable } from '../../engine/sanitization/passes/rewrite.ts';
import { boundariesOf, partsOf } from '../../engine/sanitization/passes/slices.ts';
import { changeAll, changePart, type RuleScope } from '../../engine/sanitization/passes/statements.ts';
import { isEmptying, truncateTables } from '../../engine/sanitization/passes/truncate.ts';
import { hardPacks, sandbox, TABLES } from '../engine/sanitization/passes/hardTables.ts';
import { record } from './record.ts';

/** What is asked and changed for one pass over a table, in one statement. */
export function passStatements(pass: Pass, scope: RuleScope): readonly string[] {
  const work = { ...scope, schema: pass.schema, table: pass.table, rules: pass.rules };
  const title = pass.rules.map(({ id }) => id).join(', ');
  const changes = isEmptying(pass) ? truncateTables(scope.dialect, [pass]) : [changeAll(work)];
  return [
    record(`${title}: rows to be changed`, countClaims(work, pass.rules.map((rule) => (eb) => isPending(eb, rule, work)))),
    ...changes.map((change) => record(title, change)),
    record(`${title}: rows as they must not be`, countClaims(work, pass.rules.map((rule) => (eb) => isOffending(eb, rule, work)))),
  ];
}

const KEY = {
  mssql: [
    { name: 'PARTITION', type: 'bigint' },
    { name: 'DATAAREAID', type: 'nvarchar(4)' },
    { name: 'ACCOUNT', type: 'nvarchar(20)' },
  ],
  postgres: [
    { name: 'PARTITION', type: 'bigint' },
    { name: 'ACCOUNT', type: 'character varying(20)' },
  ],
};
const VALUES = { mssql: ['1', 'usmf', 'US-001', 'US-900'], postgres: ['1', 'US-001', 'US-900'] };

/** What large tables are sent, and what surrounds the rules, in both dialects. */
export function passGoldens(): Readonly<Record<string, string>> {
  return { 'sanitization-passes.sql': render('mssql'), 'sanitization-passes-postgres.sql': render('postgres') };
}

function render(dialect: Dialect): string {
  const schema = dialect === 'mssql' ? 'dbo' : 'public';
  const column = (family: 'text' | 'number') => ({ family, isNullable: false, isGenerated: false, isClr: false }) as const;
  const columns = new Map([
    ...['NOTE', 'ACCOUNT'].map((name) => [name, column('text')] as const),
    ...['KIND', 'RECVERSION', 'PARTITION'].map((name) => [name, column('number')] as const),
  ]);
  const catalogue: Catalogue = new Map(TABLES.map((table) => [table, [{ schema, table, columns }]]));
  const scope = { dialect, catalogue, administrator: sandbox.administrator };
  const passes = planPasses(rulesOf(hardPacks).map((rule) => ({ rule, schema, table: rule.table })))
    .flat()
    .flatMap((table) => table.passes);
  const sliced = passes.find(({ table }) => table === 'SLICED');
  if (sliced === undefined) throw new Error('Nothing is sliced');
  const work = { ...scope, schema, table: 'SLICED', rules: sliced.rules };
  const key = KEY[dialect];
  const after = VALUES[dialect].slice(0, key.length);
  const upTo = [...after.slice(0, -1), VALUES[dialect].at(-1) ?? ''];
  const all = (title: string, queries: readonly CompiledQuery[]) => queries.map((query) => record(title, query));
  const progress = { id: '0 T 1', method: 'slices', total: 9, rows: { rule: 3 }, isEstimate: false, isDone: false } as const;
  const rewritable = new Map([...columns.keys()].map((name) => [name, name === 'NOTE' ? 'character varying(60)' : 'integer']));
  const rewritten = passes.find(({ table }) => table === 'REWRITTEN');
  const records = [
    ...all('the ledger', createLedger[dialect]),
    ...all('how far a pass is', noteProgress(dialect, { ...progress, reached: JSON.stringify(upTo) })),
    ...restingOf(dialect).flatMap((each) => [
      record(`${each.kind} rests`, putToRest({ dialect }, each)),
      ...all(`${each.kind} is noted`, noteResting(dialect, each, false)),
      record(`${each.kind} is on again`, wake({ dialect }, each)),
    ]),
    ...passes.flatMap((pass) => passStatements(pass, scope)),
    record('slices: their bounds', boundariesOf(work, { key, rows: 100_000 })),
    record('slices: their bounds behind the last one that is done', boundariesOf(work, { key, rows: 100_000, after })),
    ...all('a slice within one leading value', partsOf(key, after, upTo).map((part) => changePart(work, part))),
    ...all('the last slice', partsOf(key, upTo).map((part) => changePart(work, part))),
    ...(dialect === 'postgres' && rewritten
      ? [record('the table is written anew', rewriteTable({ ...work, table: 'REWRITTEN', rules: rewritten.rules }, { rewritable }))]
      : []),
  ];
  return records.map((each) => `${each}\nGO\n`).join('\n');
}

function restingOf(dialect: Dialect): readonly Resting[] {
  const [schema, table] = [dialect === 'mssql' ? 'dbo' : 'public', 'CUSTTABLE'];
  const whole = { schema: '', table: '' };
  return dialect === 'mssql'
    ? [
        { kind: 'trigger', schema, table, name: 'audit ] it', state: '' },
        { kind: 'database trigger', ...whole, name: 'watch', state: '' },
        { kind: 'security policy', schema, table: '', name: 'half', state: '' },
        { kind: 'change tracking', schema, table, name: '', state: 'ON' },
        { kind: FOREIGN_KEY, schema, table, name: 'FK_CUST', state: '' },
        { kind: 'versioning', schema, table, name: '', state: 'HISTORY_TABLE = [dbo].[H], DATA_CONSISTENCY_CHECK = ON' },
      ]
    : [
        { kind: 'trigger', schema, table, name: 'audit " it', state: 'A' },
        { kind: 'rule', schema, table, name: 'kept', state: 'R' },
        { kind: 'event trigger', ...whole, name: 'watch', state: 'O' },
        { kind: 'row level security', schema, table, name: '', state: 'FORCE' },
        { kind: FOREIGN_KEY, schema, table, name: 'FK_CUST', state: '' },
      ];
}
