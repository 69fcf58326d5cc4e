import type { CompiledQuery } from 'kysely';
import type { Constraint } from '../../engine/customizations/constraint.ts';
import { questionFor, type TwoTables } from '../../engine/customizations/questions.ts';
import type { ColumnFacts } from '../../engine/customizations/schemaFacts.ts';
import { sqlServerQuestions } from '../../engine/customizations/sqlServerCatalogue.ts';
import { record } from './record.ts';

const place = { schema: 'dbo', table: 'CONTOSOLOYALTY' };
const column: ColumnFacts = { type: 'nvarchar', isNullable: false, isMade: false, fallback: "('')" };
const columns = new Map(['DATAAREAID', 'CUSTACCOUNT', 'POINTS'].map((name) => [name, column]));
const facts = { ...place, id: 1, isPartitioned: false, isHidden: false, maySelect: true, rows: 1 };
const to = { schema: 'dbo', table: 'CUSTTABLE' };
const tables: ReadonlyMap<string, TwoTables> = new Map([
  ['dbo.CONTOSOLOYALTY', { wanted: new Map([...columns, ['CONTOSOID', column]]), there: { facts, columns } }],
  ['dbo.CUSTTABLE', { wanted: new Map([['ACCOUNTNUM', column]]) }],
]);

const key = (name: string) => ({ column: name, text: `[${name}]` });
const unique = { ...place, kind: 'unique', name: 'I_1CUSTACCOUNTIDX', nullsAreEqual: true } as const;
const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  'a unique index': { ...unique, keys: [key('DATAAREAID'), key('CUSTACCOUNT')] },
  'one with a filter': { ...unique, keys: [key('CUSTACCOUNT')], filter: '([POINTS]>(0))' },
  'one with a column that synchronization adds': { ...unique, keys: [key('CUSTACCOUNT'), key('CONTOSOID')] },
  'a check': { ...place, kind: 'check', name: 'CK_POINTS', definition: '([POINTS]>=(0))' },
  'a foreign key to a table that synchronization adds': {
    ...{ ...place, kind: 'foreign-key', name: 'FK_CUST', columns: ['CUSTACCOUNT'], to, toColumns: ['ACCOUNTNUM'] },
  },
};

/** The golden file of what is asked about a sandbox's own indexes and constraints on SQL Server. */
export function customizationsGoldens(): Readonly<Record<string, string>> {
  const { columns: describe, ...catalogue } = sqlServerQuestions;
  const records = [
    ...Object.entries(catalogue).map(([kind, query]) => record(`catalogue: ${kind}`, query)),
    record('catalogue: columns', describe([1_000_001, 1_000_002])),
    ...Object.entries(CONSTRAINTS).map(([what, constraint]) => record(`rows that break ${what}`, asked(constraint))),
  ];
  return { 'customizations.sql': records.map((each) => `${each}\nGO\n`).join('\n') };
}

function asked(constraint: Constraint): CompiledQuery {
  const question = questionFor(constraint, tables, 'mssql');
  if (question.kind === 'untriable') throw new Error(question.why);
  return question.count;
}
