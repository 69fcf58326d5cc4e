import type { CompiledQuery } from 'kysely';
import { describeTables } from '../../engine/sanitization/rules/catalogue.ts';
import { compileRule } from '../../engine/sanitization/rules/compileRule.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import type { Rule, RulePack } from '../../engine/sanitization/pack/rulePack.ts';
import { insertRows, selectPage, updateKept } from '../../engine/sanitization/target/targetRows.ts';
import { columnTypes, foCatalogue, TABLE_NAMES } from '../engine/sanitization/foSchema.ts';
import { lcs2020, sandbox, shippedPack } from '../engine/sanitization/packs.ts';

/** The golden files of sanitization: file name → content. */
export function sanitizationGoldens(): Readonly<Record<string, string>> {
  return {
    'sanitization-lcs-2020.sql': render(lcs2020),
    'sanitization-lcs-2023.sql': render([shippedPack('lcs-2023')]),
  };
}

const scope = {
  dialect: 'mssql',
  schema: 'dbo',
  catalogue: foCatalogue(),
  administrator: sandbox.administrator,
  batchRows: 20_000,
} as const;

/** T-SQL, one statement per record, records separated by `GO`. */
function render(packs: readonly RulePack[]): string {
  const records = [
    record('look up the columns of the tables', describeTables('mssql', TABLE_NAMES.slice(0, 3))),
    ...rulesOf(packs).flatMap((rule) => statementsOf(rule).concat(targetStatementsOf(rule))),
  ];
  return records.map((each) => `${each}\nGO\n`).join('\n');
}

function statementsOf(rule: Rule): readonly string[] {
  const compiled = compileRule(rule, { ...scope, table: rule.table });
  return [
    ...compiled.references.map(({ name, count }) => record(`${rule.id}: ${name} gives exactly one value`, count)),
    record(`${rule.id}: count what is to be done`, compiled.pending),
    ...compiled.before.map((statement) => record(`${rule.id}: before`, statement)),
    record(`${rule.id}: one batch`, compiled.batch),
    ...compiled.after.map((statement) => record(`${rule.id}: after`, statement)),
    record(`${rule.id}: post-condition, none may be found`, compiled.offending),
    ...(compiled.expected ? [record(`${rule.id}: post-condition, one must be found`, compiled.expected)] : []),
  ];
}

function targetStatementsOf(rule: Rule): readonly string[] {
  const own = { ...scope, table: rule.table };
  if (rule.action === 'keep-rows') {
    const columns = Object.keys(columnTypes(rule.table));
    const row = Object.fromEntries(columns.map((column, index) => [column, index === 0 ? null : `<${column}>`]));
    const page = { columns, key: rule.key, after: '5637144576', where: rule.where ?? [], rows: scope.batchRows };
    return [
      record(`${rule.id}: read the next page from the target`, selectPage(own, page)),
      record(`${rule.id}: write rows to the copy`, insertRows(own, columns, [row, row])),
    ];
  }
  if (rule.action === 'keep-columns') {
    const where = [...(rule.where ?? []), ...(rule.whereInTarget ?? [])];
    const columns = [rule.key, ...rule.columns];
    const row = Object.fromEntries(columns.map((column) => [column, `<${column}>`]));
    const isSameRow = { column: rule.key, equals: `<${rule.key}>` };
    return [
      record(
        `${rule.id}: read from the target`,
        selectPage(own, { columns, key: rule.key, after: undefined, where, rows: scope.batchRows }),
      ),
      record(
        `${rule.id}: write to the copy`,
        updateKept(own, { columns: rule.columns, where: [...(rule.where ?? []), isSameRow], row }),
      ),
    ];
  }
  return [];
}

function record(title: string, { sql, parameters }: CompiledQuery): string {
  const values = parameters.map((value, index) => `-- @${String(index + 1)} = ${shown(value)}`);
  return [`-- ${title}`, ...values, sql].join('\n');
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
