import type { DatabaseRole } from '../../../engine/contracts.ts';
import type { AuditTrigger, Dialect } from '../dialects/dialect.ts';
import type { Profile } from '../profiles.ts';
import { batchTables } from './batchTables.ts';
import { documentTables } from './documentTables.ts';
import { encryptedTables } from './encryptedTables.ts';
import { endpointTables } from './endpointTables.ts';
import { financialReportingTables } from './financialReportingTables.ts';
import { masterTables } from './masterTables.ts';
import { messagingTables } from './messagingTables.ts';
import { partyTables } from './partyTables.ts';
import { systemTables } from './systemTables.ts';
import { createIndexSql, createTableSql, insertSql, type Table } from './table.ts';
import { transactionTables } from './transactionTables.ts';
import { userTables } from './userTables.ts';

/** Names of the two databases that every environment has. */
export const DATABASES: Readonly<Record<DatabaseRole, string>> = { application: 'axdb', financialReporting: 'mrdb' };

/** All tables of one environment with their rows, per database. */
export function companyTables(profile: Profile): Readonly<Record<DatabaseRole, readonly Table[]>> {
  return {
    application: [
      ...systemTables(profile),
      ...userTables(profile),
      ...batchTables(profile),
      ...messagingTables(profile),
      ...documentTables(profile),
      ...endpointTables(profile),
      ...encryptedTables(profile),
      ...partyTables(profile),
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

/** Every change of a customer goes into the log of changed fields, with what stood there before. */
export const APPLICATION_TRIGGERS: readonly AuditTrigger[] = [
  {
    name: 'CUSTTABLE_DATABASELOG',
    table: 'CUSTTABLE',
    log: 'SYSDATABASELOG',
    values: {
      TABLE_: '77',
      LOGTYPE: '1',
      LOGRECID: 'changed."RECID"',
      DESCRIPTION: 'changed."ACCOUNTNUM"',
      USERNAME: `''`,
      NEWDATA: `concat(changed."VATNUM", ' ', changed."MEMO")`,
    },
  },
];

/** Schemas beside the usual one. */
export const APPLICATION_SCHEMAS = ['ax'] as const;

/**
 * Tables and views that the product's reader on production sees: versions, the states of jobs, and the table that a
 * customization of a sandbox wants to be unique.
 */
export const READER_SEES: ReadonlySet<string> = new Set([
  'SYSENVIRONMENTINFO',
  'CONTROLVERSION',
  'BATCHJOB',
  'RECURRINGDATAJOBVIEW',
  'CONTOSOLOYALTY',
]);

export interface Content {
  /** Tables and views of the usual schema. */
  readonly names: readonly string[];
  /** Makes all of them, with their rows, in a new database. */
  readonly statements: readonly string[];
}

export function contentOf(profile: Profile, dialect: Dialect): Readonly<Record<DatabaseRole, Content>> {
  const tables = companyTables(profile);
  return {
    application: write(
      {
        tables: tables.application,
        views: APPLICATION_VIEWS,
        triggers: APPLICATION_TRIGGERS,
        schemas: APPLICATION_SCHEMAS,
      },
      dialect,
    ),
    financialReporting: write({ tables: tables.financialReporting, views: {}, triggers: [], schemas: [] }, dialect),
  };
}

interface Parts {
  readonly tables: readonly Table[];
  readonly views: Readonly<Record<string, string>>;
  readonly triggers: readonly AuditTrigger[];
  readonly schemas: readonly string[];
}

function write({ tables, views, triggers, schemas }: Parts, dialect: Dialect): Content {
  const made = tables.flatMap((table) => [
    createTableSql(table, dialect),
    insertSql(table, dialect) ?? [],
    table.indexes.map((index) => createIndexSql(table, index, dialect)),
  ]);
  return {
    names: [...tables.filter(({ schema }) => schema === undefined).map(({ name }) => name), ...Object.keys(views)],
    statements: [
      ...schemas.map((schema) => dialect.createSchema(schema)),
      ...made.flat(2),
      ...Object.entries(views).map(([name, select]) => dialect.createView(name, select)),
      ...triggers.flatMap((trigger) => dialect.createTrigger(trigger)),
    ],
  };
}
