import type { ReadSession, Session } from '../../environments/provider.ts';
import { AT_ONCE, inParts } from '../passes/rest/restTables.ts';
import { insertRows, type TargetRow } from '../target/targetRows.ts';
import { fold, isAdmin, isService } from './accounts.ts';
import type { UserDecision } from './decideUsers.ts';
import { ProfileDoesNotFitError } from './errors.ts';
import { differing, type WrittenPart } from './part.ts';
import { identityOf, readAccounts, TERMS, termsOf, type Directoried } from './readAccounts.ts';
import { deleteRowsBut, hashOf, numbered, openTables, readRows, textIn, updateRows, updateRowsBut } from './rows.ts';
import type { Remember } from './takeBack.ts';

/** How somebody signs in: masked in the copy, and the sandbox's own for whoever comes back. */
const SIGN_IN = ['NETWORKALIAS', 'NETWORKDOMAIN', 'IDENTITYPROVIDER', 'SID', 'OBJECTID'] as const;

export interface UserWork {
  readonly living: ReadSession;
  readonly copy: Session;
  readonly remember: Remember;
  readonly there: Directoried;
  readonly here: Directoried;
  readonly decision: UserDecision;
  /** Accounts of the servers, by their folded ids: they are neither enabled nor disabled here. */
  readonly untouched: readonly string[];
}

/** Production's assignments go, all but Admin's; whom the decision names gets in again, with the roles that it names. */
export async function writeUsers(work: UserWork): Promise<readonly WrittenPart[]> {
  const { living, copy, remember, there, here, decision, untouched } = work;
  const [users, from] = [tableOf(here, 'USERINFO'), tableOf(there, 'USERINFO')];
  const signIn = SIGN_IN.filter((column) => users.columns.has(column) && from.columns.has(column));
  const ids = decision.enabled.map(({ id }) => id);
  const given = await readRows(living, from, ['ID', ...signIn], { column: 'ID', values: ids });
  const identities = new Map(there.accounts.map(({ id, identity }) => [fold(id), identity]));
  const idsHere = new Map(here.accounts.map(({ id }) => [fold(id), id]));
  // Whoever has changed in between is nobody whom the decision knows.
  const enabled = given.flatMap((row) => {
    const id = idsHere.get(fold(textIn(row, 'ID')));
    const isSame = identityOf(row) === identities.get(fold(textIn(row, 'ID')));
    return id !== undefined && isSame ? [{ id, row }] : [];
  });
  await copy.execute(updateRowsBut(users, { name: 'ENABLE', value: '0' }, 'ID', ['admin', ...untouched]));
  await remember(
    users,
    'ID',
    enabled.map(({ id }) => id),
    signIn,
  );
  const changes = enabled.map(({ id, row }) => {
    const values = Object.fromEntries(signIn.map((column) => [column, row[column] ?? null]));
    return updateRows(users, { ...values, ENABLE: '1' }, { column: 'ID', value: id });
  });
  for (const part of inParts(changes, AT_ONCE)) await copy.executeTogether(part);
  const roles = await writeRoles(work, new Set(enabled.map(({ id }) => fold(id))));
  const left = decision.left.length + decision.enabled.length - enabled.length;
  const expected = enabled.map(({ id, row }) => signInOf({ ...row, ID: id }, signIn));
  const users_ = {
    line: { part: 'users' as const, done: enabled.length, left },
    table: 'USERINFO',
    written: [{ table: 'USERINFO', key: 'ID', keys: enabled.map(({ id }) => id), columns: ['ENABLE', ...signIn] }],
    prove: async (session: ReadSession) => {
      const found = (await readRows(session, users, ['ID', 'ENABLE', ...signIn])).filter(
        (row) => textIn(row, 'ENABLE') !== '0' && !isAdmin(textIn(row, 'ID')) && !isService(textIn(row, 'ID')),
      );
      return differing(
        expected,
        found.map((row) => signInOf(row, signIn)),
      );
    },
  };
  return [users_, roles];
}

async function writeRoles(
  { living, copy, there, here, decision }: UserWork,
  enabled: ReadonlySet<string>,
): Promise<WrittenPart> {
  const [to, from] = [tableOf(here, 'SECURITYUSERROLE'), tableOf(there, 'SECURITYUSERROLE')];
  const terms = TERMS.filter((column) => from.columns.has(column));
  const lost = terms.filter((column) => !to.columns.has(column));
  if (lost.length > 0)
    throw new ProfileDoesNotFitError(lost.map((c) => `SECURITYUSERROLE of the copy has no column ${c}`));
  const recIds = new Map(here.roles.map(({ role, recId }) => [role, recId]));
  const roleOf = new Map(there.roles.map(({ role, recId }) => [recId, role]));
  const idsHere = new Map(here.accounts.map(({ id }) => [fold(id), id]));
  const granted = new Set(
    [...decision.enabled.filter(({ id }) => enabled.has(fold(id))), ...decision.services].flatMap(({ id, grants }) =>
      grants.map((grant) => keyOf(id, grant.role, grant.terms)),
    ),
  );
  const rows = new Map<string, TargetRow>();
  for (const row of await readRows(living, from, ['USER_', 'SECURITYROLE', ...terms])) {
    const role = roleOf.get(textIn(row, 'SECURITYROLE')) ?? '';
    const [id, recId] = [idsHere.get(fold(textIn(row, 'USER_'))), recIds.get(role)];
    const key = keyOf(textIn(row, 'USER_'), role, termsOf(row, terms));
    if (id === undefined || recId === undefined || !granted.has(key)) continue;
    rows.set(key, { ...row, USER_: id, SECURITYROLE: recId });
  }
  const restrictions = here.tables.get('OMUSERROLEORGANIZATION');
  const conditions = here.tables.get('SECURITYUSERROLECONDITION');
  if (conditions !== undefined) await copy.execute(deleteRowsBut(conditions, 'SECURITYUSERROLE', []));
  if (restrictions !== undefined) await copy.execute(deleteRowsBut(restrictions, 'USER_', ['admin']));
  await copy.execute(deleteRowsBut(to, 'USER_', ['admin']));
  const all = await numbered(copy, to, [...rows.values()]);
  const columns = ['USER_', 'SECURITYROLE', ...terms, ...(all.some((row) => 'RECID' in row) ? ['RECID'] : [])];
  for (const part of inParts(all, AT_ONCE)) await copy.execute(insertRows(to, columns, part));
  return {
    line: { part: 'roles', done: rows.size, left: decision.withheld.length },
    table: 'SECURITYUSERROLE',
    written: [{ table: 'SECURITYUSERROLE', key: 'RECID', keys: [] }],
    prove: async (session) => {
      const { accounts } = await readAccounts(session);
      const found = accounts
        .filter(({ id }) => !isAdmin(id))
        .flatMap(({ id, grants }) => grants.map((grant) => keyOf(id, grant.role, grant.terms)));
      return differing([...rows.keys()], found);
    },
  };
}

/** The ways to sign in of these users as they stand in the sandbox. */
export async function signInsOf(living: ReadSession, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const users = (await openTables(living, ['USERINFO'])).get('USERINFO');
  if (users === undefined) return [];
  const columns = SIGN_IN.filter((column) => users.columns.has(column));
  const rows = await readRows(living, users, columns, { column: 'ID', values: ids });
  return rows.flatMap((row) => columns.map((column) => textIn(row, column))).filter((text) => text !== '');
}

const keyOf = (id: string, role: string, terms: string): string => hashOf([fold(id), role, terms]);

const signInOf = (row: TargetRow, columns: readonly string[]): string =>
  hashOf([fold(textIn(row, 'ID')), ...columns.map((column) => row[column])]);

function tableOf({ tables }: Directoried, name: string) {
  const table = tables.get(name);
  if (table === undefined) throw new ProfileDoesNotFitError([`the database has no table ${name}`]);
  return table;
}
