import type { DatabaseRole } from '../../../engine/contracts.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Profile } from '../profiles.ts';
import { encryptedTables } from './encryptedTables.ts';
import { financialReportingTables } from './financialReportingTables.ts';
import { masterTables } from './masterTables.ts';
import { messagingTables } from './messagingTables.ts';
import { systemTables } from './systemTables.ts';
import { createIndexSql, createTableSql, insertSql, type Table } from './table.ts';
import { transactionTables } from './transactionTables.ts';

/** Names of the two databases that every environment has. */
export const DATABASES: Readonly<Record<DatabaseRole, string>> = { application: 'axdb', financialReporting: 'mrdb' };

/** All tables of one environment with their rows, per database. */
export function companyTables(profile: Profile): Readonly<Record<DatabaseRole, readonly Table[]>> {
  return {
    application: [
      ...systemTables(profile),
      ...messagingTables(profile),
      ...encryptedTables(profile),
      ...masterTables(profile),
      ...transactionTables(profile),
    ],
    financialReporting: financialReportingTables(profile),
  };
}

/**
 * Views of the application database. Recurring import and export jobs run as batch jobs, so a job is stopped when its
 * batch job is withheld (`STATUS` 0) or has ended. F&O links the two by tables whose columns are not public; here the caption does.
 */
export const APPLICATION_VIEWS: Readonly<Record<string, string>> = {
  CUSTBALANCEVIEW: `SELECT "ACCOUNTNUM", sum("AMOUNTCUR") AS "BALANCE" FROM "CUSTTRANS" GROUP BY "ACCOUNTNUM"`,
  RECURRINGDATAJOBVIEW: `SELECT "RECID", "CAPTION", "STATUS" FROM "BATCHJOB" WHERE "CAPTION" LIKE 'Recurring data job:%'`,
};

/** Tables and views that the product's reader on production sees: versions and the states of jobs. */
export const READER_SEES: ReadonlySet<string> = new Set([
  'SYSENVIRONMENTINFO',
  'CONTROLVERSION',
  'BATCHJOB',
  'RECURRINGDATAJOBVIEW',
]);

export interface Content {
  /** Tables and views. */
  readonly names: readonly string[];
  /** Makes all of them, with their rows, in a new database. */
  readonly statements: readonly string[];
}

export function contentOf(profile: Profile, dialect: Dialect): Readonly<Record<DatabaseRole, Content>> {
  const tables = companyTables(profile);
  return {
    application: write(tables.application, APPLICATION_VIEWS, dialect),
    financialReporting: write(tables.financialReporting, {}, dialect),
  };
}

function write(tables: readonly Table[], views: Readonly<Record<string, string>>, dialect: Dialect): Content {
  const made = tables.flatMap((table) => [
    createTableSql(table, dialect),
    insertSql(table, dialect) ?? [],
    table.indexes.map((index) => createIndexSql(table, index, dialect)),
  ]);
  return {
    names: [...tables.map(({ name }) => name), ...Object.keys(views)],
    statements: [...made.flat(2), ...Object.entries(views).map(([name, select]) => dialect.createView(name, select))],
  };
}
