import type { ReadSession } from '../../environments/provider.ts';
import type { TargetRow } from '../target/targetRows.ts';
import { fold } from './accounts.ts';
import type { Account, Grant } from './decideUsers.ts';
import { ProfileDoesNotFitError } from './errors.ts';
import { hashOf, openTables, readRows, textIn, type Tables } from './rows.ts';

export const USER_TABLES = [
  ...['USERINFO', 'SECURITYUSERROLE', 'SECURITYROLE'],
  ...['OMUSERROLEORGANIZATION', 'SECURITYUSERROLECONDITION'],
] as const;

/** What of an assignment comes back with it; its number does not, and what restricts it is not carried over. */
export const TERMS = [
  ...['ASSIGNMENTSTATUS', 'ASSIGNMENTMODE', 'VALIDFROM', 'VALIDFROMTZID', 'VALIDTO', 'VALIDTOTZID'],
] as const;

/** A role of one database. */
export interface Role {
  readonly recId: string;
  readonly role: string;
  readonly title: string;
}

export interface Directoried {
  readonly accounts: readonly Account[];
  readonly roles: readonly Role[];
  readonly tables: Tables;
}

/** Users and their roles as they stand in one database. An assignment that is restricted to an organization is none here. */
export async function readAccounts(session: ReadSession): Promise<Directoried> {
  const tables = await openTables(session, USER_TABLES);
  const users = demand(tables, 'USERINFO', ['ID', 'ENABLE', 'OBJECTID', 'IDENTITYPROVIDER']);
  const assigned = demand(tables, 'SECURITYUSERROLE', ['USER_', 'SECURITYROLE']);
  const named = demand(tables, 'SECURITYROLE', ['RECID', 'AOTNAME']);

  const title = named.columns.has('NAME') ? ['NAME'] : [];
  const roles = (await readRows(session, named, ['RECID', 'AOTNAME', ...title])).map((row): Role => ({
    recId: textIn(row, 'RECID'),
    role: textIn(row, 'AOTNAME'),
    title: textIn(row, 'NAME'),
  }));
  const roleOf = new Map(roles.map((each) => [each.recId, each]));
  const terms = TERMS.filter((column) => assigned.columns.has(column));
  const number = assigned.columns.has('RECID') ? ['RECID'] : [];
  const restricted = await readRestricted(session, tables);
  const grants = Map.groupBy(
    (await readRows(session, assigned, ['USER_', 'SECURITYROLE', ...number, ...terms])).filter(
      (row) => !restricted.has(keyOf(row)) && !restricted.has(`# ${textIn(row, 'RECID')}`),
    ),
    (row) => fold(textIn(row, 'USER_')),
  );
  const grantsOf = (id: string): readonly Grant[] =>
    (grants.get(fold(id)) ?? []).flatMap((row): readonly Grant[] => {
      const role = roleOf.get(textIn(row, 'SECURITYROLE'));
      if (role === undefined) return [];
      return [{ role: role.role, title: role.title, terms: termsOf(row, terms) }];
    });

  const type = users.columns.has('ACCOUNTTYPE') ? ['ACCOUNTTYPE'] : [];
  const rows = await readRows(session, users, ['ID', 'ENABLE', 'OBJECTID', 'IDENTITYPROVIDER', ...type]);
  const accounts = rows.map((row): Account => ({
    id: textIn(row, 'ID'),
    identity: identityOf(row),
    isEnabled: textIn(row, 'ENABLE') !== '0',
    isGroup: textIn(row, 'ACCOUNTTYPE') === CLAIMS_GROUP,
    grants: grantsOf(textIn(row, 'ID')),
  }));
  return { accounts, roles, tables };
}

/** UserAccountType: a group of Entra, all of whose members it lets in. */
const CLAIMS_GROUP = '2';

export const termsOf = (row: TargetRow, columns: readonly string[]): string =>
  hashOf(columns.map((column) => [column, row[column]]));

const EMPTY = /^[{}0-]*$/;

export function identityOf(row: TargetRow): string | undefined {
  const [objectId, provider] = [textIn(row, 'OBJECTID'), textIn(row, 'IDENTITYPROVIDER')].map(fold);
  if (objectId === undefined || EMPTY.test(objectId) || !provider) return undefined;
  return hashOf([objectId.replace(/[{}]/g, ''), provider.replace(/\/+$/, '')]);
}

const keyOf = (row: TargetRow): string => `${fold(textIn(row, 'USER_'))} ${textIn(row, 'SECURITYROLE')}`;

/** Who has a role for some organizations alone would have it for all. */
async function readRestricted(session: ReadSession, tables: Tables): Promise<ReadonlySet<string>> {
  const read = async (name: (typeof USER_TABLES)[number], columns: readonly string[]) =>
    tables.has(name) ? readRows(session, demand(tables, name, columns), columns) : [];
  return new Set([
    ...(await read('OMUSERROLEORGANIZATION', ['USER_', 'SECURITYROLE'])).map(keyOf),
    ...(await read('SECURITYUSERROLECONDITION', ['SECURITYUSERROLE'])).map(
      (row) => `# ${textIn(row, 'SECURITYUSERROLE')}`,
    ),
  ]);
}

/** @throws ProfileDoesNotFitError when the table or one of the columns is not there */
export function demand(tables: Tables, name: string, columns: readonly string[]) {
  const table = tables.get(name);
  if (table === undefined) throw new ProfileDoesNotFitError([`the database has no table ${name}`]);
  const missing = columns.filter((column) => !table.columns.has(column));
  if (missing.length > 0) throw new ProfileDoesNotFitError(missing.map((column) => `${name} has no column ${column}`));
  return table;
}
