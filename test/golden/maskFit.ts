import { fitOf } from '../../engine/sanitization/fit/fitOf.ts';
import type { ColumnFacts, TableObstacles, UniqueIndex } from '../../engine/sanitization/fit/obstacles.ts';
import type { Catalogue, Column } from '../../engine/sanitization/rules/catalogue.ts';
import { compileRule } from '../../engine/sanitization/rules/compileRule.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import type { ReadyRule } from '../../engine/sanitization/rules/prepareRules.ts';
import { packOf, sandbox } from '../engine/sanitization/fit/subject.ts';
import { record } from './record.ts';

/** A customer's number, which keeps values apart, a name, which does not, and what refers to the number; all by Finance & Operations' own collation. */
const LENGTHS = { ACCOUNTNUM: 20, NAME: 100, PARENT: 20 };
const place = { schema: 'dbo', table: 'CUSTTABLE' };

/** What is asked of the rows of a table on SQL Server before it is masked. */
export function maskFitRecords(): readonly string[] {
  const [rule] = rulesOf(
    packOf({
      ...{ id: 'customers', table: 'CUSTTABLE', action: 'mask', offending: 'any-row' },
      columns: { ACCOUNTNUM: 'token', NAME: 'person', PARENT: 'token' },
    }),
  );
  if (rule === undefined) return [];
  const scope = { dialect: 'mssql', catalogue: catalogue(), administrator: sandbox.administrator } as const;
  const compiled = compileRule(rule, { ...scope, ...place });
  const ready: ReadyRule = { kind: 'ready', rule, lacking: [], table: 'CUSTTABLE', place, compiled };
  const obstacles = { tables: [customers()], seesEverything: true, unclearViews: [] };
  return fitOf([ready], obstacles, scope).questions.map(({ what, why, count }) => record(`${what} ${why}`, count));
}

function catalogue(): Catalogue {
  const column = (maxLength: number): Column => ({
    ...{ family: 'text', maxLength, isNullable: false, isGenerated: false, isClr: false },
  });
  const columns = new Map(Object.entries(LENGTHS).map(([name, length]) => [name, column(length)]));
  return new Map([['CUSTTABLE', [{ ...place, columns }]]]);
}

function customers(): TableObstacles {
  const column = (length: number): ColumnFacts => ({
    ...{ type: `nvarchar(${String(length)})`, base: 'nvarchar', length, isNullable: false, isComputed: false },
    ...{ isServerMade: false, isEncrypted: false, isMasked: false, isPartitionKey: false, denied: [] },
    ...{ collation: 'SQL_Latin1_General_CP1_CI_AS', isLoose: true },
  });
  const index = (name: string, ...columns: readonly string[]): UniqueIndex => ({
    ...{ name, columns, keys: columns.map((each) => `[${each}]`), nullsAreEqual: true },
  });
  return {
    ...{ ...place, id: 1_000_001, kind: 'table', isCaptured: false, triggers: [], views: [] },
    ...{ parts: [], partOf: [], statistics: [], referencedBy: [], denied: [] },
    ...{ hidesRows: false, isTracked: false },
    checks: [{ name: 'CK_NAME', definition: "([NAME]<>N'')", isUnproved: false }],
    columns: new Map(Object.entries(LENGTHS).map(([name, length]) => [name, column(length)])),
    uniqueIndexes: [index('I_ACCOUNT', 'DATAAREAID', 'ACCOUNTNUM'), index('I_NAME', 'DATAAREAID', 'NAME')],
    references: [
      { name: 'FK_PARENT', from: place, columns: ['PARENT'], to: place, toColumns: ['ACCOUNTNUM'] },
    ],
  };
}
