import type { Handling } from '../../engine/sanitization/fit/fit.ts';
import { handlingStatements } from '../../engine/sanitization/fit/handlingStatements.ts';
import { sqlServerQuestions } from '../../engine/sanitization/fit/sqlServerCatalogue.ts';
import { describeTables } from '../../engine/sanitization/rules/catalogue.ts';
import { compileRule } from '../../engine/sanitization/rules/compileRule.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import type { Rule, RulePack } from '../../engine/sanitization/pack/rulePack.ts';
import { planPasses } from '../../engine/sanitization/passes/planPasses.ts';
import { insertRows, selectKept, selectPage, updateKept, type Side } from '../../engine/sanitization/target/targetRows.ts';
import { columnTypes, foCatalogue, foColumns, TABLE_NAMES } from '../engine/sanitization/foSchema.ts';
import { lcs2020, sandbox, shippedPack } from '../engine/sanitization/packs.ts';
import { maskFitRecords } from './maskFit.ts';
import { passGoldens, passStatements } from './passes.ts';
import { record } from './record.ts';

/** The golden files of sanitization: file name → content. */
export function sanitizationGoldens(): Readonly<Record<string, string>> {
  return {
    'sanitization-lcs-2020.sql': render(lcs2020),
    'sanitization-lcs-2023.sql': render([shippedPack('lcs-2023')]),
    'sanitization-fit.sql': renderFit(),
    ...passGoldens(),
  };
}

const scope = {
  dialect: 'mssql',
  schema: 'dbo',
  catalogue: foCatalogue(),
  administrator: sandbox.administrator,
} as const;
const ROWS_PER_PAGE = 20_000;

/** T-SQL, one statement per record, records separated by `GO`. */
function render(packs: readonly RulePack[]): string {
  const records = [
    record('look up the columns of the tables', describeTables('mssql', TABLE_NAMES.slice(0, 3))),
    ...planPasses(rulesOf(packs).map((rule) => ({ rule, schema: 'dbo', table: rule.table }))).flatMap((stage) =>
      stage.flatMap(({ passes }) => passes.flatMap((pass) => passStatements(pass, scope))),
    ),
    ...rulesOf(packs).flatMap((rule) => statementsOf(rule).concat(targetStatementsOf(rule))),
  ];
  return records.map((each) => `${each}\nGO\n`).join('\n');
}

/** What is asked of the catalogue before the first rule, and what is done around the rules. */
function renderFit(): string {
  const { tables, ...others } = sqlServerQuestions;
  const records = [
    record('obstacles: tables', tables(['CUSTTABLE', 'USERINFO'])),
    ...Object.entries(others).map(([kind, ask]) => record(`obstacles: ${kind}`, ask([1_000_001, 1_000_002]))),
    ...maskFitRecords(),
    ...EVERY_HANDLING.flatMap((handling) => {
      const { before, after } = handlingStatements('mssql', handling);
      return [
        ...before.map((statement) => record(`${handling.kind}: before the rules`, statement)),
        ...after.map((statement) => record(`${handling.kind}: after the rules`, statement)),
      ];
    }),
  ];
  return records.map((each) => `${each}\nGO\n`).join('\n');
}

const place = { schema: 'dbo', table: 'CUSTTABLE' };
const EVERY_HANDLING: readonly Handling[] = [
  { kind: 'capture-ends', place },
  { kind: 'statistics-rebuilt', place, columns: ['NAME'], extended: [] },
  { kind: 'view-refreshed', schema: 'dbo', view: 'V' },
];

function statementsOf(rule: Rule): readonly string[] {
  const compiled = compileRule(rule, { ...scope, table: rule.table });
  return [
    ...compiled.references.map(({ name, count }) => record(`${rule.id}: ${name} gives exactly one value`, count)),
    record(`${rule.id}: post-condition, none may be found`, compiled.offending),
    ...(compiled.expected ? [record(`${rule.id}: post-condition, one must be found`, compiled.expected)] : []),
  ];
}

function targetStatementsOf(rule: Rule): readonly string[] {
  const own: Side = { scope: { ...scope, table: rule.table }, columns: foColumns(rule.table) };
  if (rule.action === 'keep-rows') {
    const columns = Object.keys(columnTypes(rule.table));
    const row = Object.fromEntries(columns.map((column, index) => [column, index === 0 ? null : `<${column}>`]));
    const page = { columns, key: rule.key, after: '5637144576', where: rule.where ?? [], rows: ROWS_PER_PAGE };
    return [
      record(`${rule.id}: read the next page from the target`, selectPage(own, page)),
      record(`${rule.id}: write rows to the copy`, insertRows(own, columns, [row, row])),
    ];
  }
  if (rule.action === 'keep-columns') {
    const where = [...(rule.where ?? []), ...(rule.whereInTarget ?? [])];
    const columns = [rule.key, ...rule.columns];
    const row = Object.fromEntries(columns.map((column) => [column, `<${column}>`]));
    const change = { columns: rule.columns, key: rule.key, where: rule.where ?? [], row };
    return [
      record(
        `${rule.id}: read from the target`,
        selectPage(own, { columns, key: rule.key, after: undefined, where, rows: ROWS_PER_PAGE }),
      ),
      record(`${rule.id}: write to the copy`, updateKept(own, change)),
      record(`${rule.id}: read back from the copy`, selectKept(own, change)),
    ];
  }
  return [];
}
