import type { Act } from '../act.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { copyGrants, copyMemberships } from './copyRights.ts';
import { makeRoles, makeUsers } from './makeUsers.ts';
import { type Access, hasWaitingRole, type Principal, readAccess } from './principals.ts';
import { type Run, runEach } from './runEach.ts';
import * as statements from '../statements/principals.ts';
import { nameOf, type Where } from '../statements/where.ts';

/** What these need of an act: a connection that sees the copy, and the one way to change it. */
export type Changing = Pick<Act, 'connection' | 'change' | 'log'>;

/** Whose users the copy gets. */
interface Living {
  readonly from: Where;
  /** It sees `from`. */
  readonly connection: Connection;
  /** The login that owns the copy: it is `dbo` there. */
  readonly owner: string | undefined;
  /** The service's own user there, where it has no login of that name: it owns the copy. */
  readonly self?: string | undefined;
  readonly asksEntra?: boolean;
}

/**
 * Gives the copy the users, roles and rights of the living target while that is still in use. The users wait: each is
 * denied in the batch that makes it, because a member of db_owner would pass RESTRICTED_USER. Everything is looked up
 * first, so it can be repeated. One principal that the server refuses is told in the log with the statements for a DBA,
 * and holds up nothing else.
 */
export async function prepareUsers(
  act: Changing,
  { from, connection: there, owner, self, asksEntra }: Living,
  to: Where,
): Promise<void> {
  const { connection } = act;
  const name = nameOf(to);
  const run = runner(act, `giving ${name} the users of ${nameOf(from)}`);
  await ensureWaitingRole(connection, run, to);
  const wanted = without(await readAccess(there, from), owner?.toLowerCase(), self);
  const tell = (what: string, texts: readonly string[]) =>
    act.log(`${name}: ${what}${texts.length === 0 ? '' : `; after the switch, by hand: ${texts.join('; ')}`}`);
  const making = { connection, run, tell, from, to, asksEntra };
  const roles = await makeRoles(making, wanted);
  const { unmakeable, left } = await makeUsers(making, wanted);
  const absent = new Set([...roles, ...unmakeable, ...left].map((name) => name.toLowerCase()));
  await copyMemberships(making, wanted, absent);
  const skipped = await copyGrants(making, wanted.grants, absent);

  const made = wanted.users.length - unmakeable.length - left.length;
  act.log(
    `${name}: ${made === 1 ? '1 user of the target waits' : `${String(made)} users of the target wait`} in it${skipped === 0 ? '' : `; ${String(skipped)} rights on objects that it lacks are left out`}`,
  );
  if (unmakeable.length > 0)
    act.log(
      `${name}: to be made by hand (own password, certificate or key, or no login on this server): ${unmakeable.join(', ')}`,
    );
}

/** Lets those in who wait. */
export async function admitUsers(act: Changing, database: Where): Promise<void> {
  const { connection } = act;
  const run = runner(act, `admitting the users of ${nameOf(database)}`);
  if (!(await hasWaitingRole(connection, database))) return;
  const waiting = async () => {
    const { users, isWaiting } = await readAccess(connection, database);
    return users.filter(({ name }) => isWaiting(name)).map(({ name }) => ({ name, statements: admit(database, name) }));
  };
  await runEach(run, waiting, ({ name, statements: texts }, number) =>
    act.log(`${nameOf(database)}: ${name} stays shut out (${errorOf(number)}); by hand: ${texts.join('; ')}`),
  );
  const dropped = { statements: [statements.dropRole(database, statements.WAITING_ROLE)] };
  await runEach(
    run,
    async () => ((await hasWaitingRole(connection, database)) ? [dropped] : []),
    (_, number) => act.log(`${nameOf(database)}: the role ${statements.WAITING_ROLE} stays (${errorOf(number)})`),
  );
}

const admit = (database: Where, name: string): readonly string[] => [
  statements.grantConnect(database, name),
  statements.dropMember(database, statements.WAITING_ROLE, name),
];

const errorOf = (number: number) => `SQL Server error ${String(number)}`;

/** The reverse, for a copy that was the target for a while. */
export async function keepUsersOut(act: Changing, database: Where): Promise<void> {
  const { connection } = act;
  const run = runner(act, `closing ${nameOf(database)}`);
  const { users, isDenied } = await readAccess(connection, database);
  const entering = users.filter(({ name }) => !isDenied(name));
  if (entering.length === 0) return;
  await ensureWaitingRole(connection, run, database);
  const open = async () => {
    const present = await readAccess(connection, database);
    return entering
      .filter(({ name }) => !present.isDenied(name) || !present.isWaiting(name))
      .map(({ name }) => ({ name, statements: shutOut(database, name) }));
  };
  await runEach(run, open, ({ name, statements: texts }, number) =>
    act.log(`${nameOf(database)}: ${name} is not shut out (${errorOf(number)}); by hand: ${texts.join('; ')}`),
  );
}

const shutOut = (database: Where, name: string): readonly string[] => [
  statements.denyConnect(database, name),
  statements.addMember(database, statements.WAITING_ROLE, name),
];

const runner =
  (act: Changing, doing: string): Run =>
  (texts) =>
    act.change(texts, { doing });

async function ensureWaitingRole(connection: Connection, run: Run, database: Where): Promise<void> {
  if (!(await hasWaitingRole(connection, database)))
    await run([statements.createRole(database, statements.WAITING_ROLE)]);
}

/** The owner's login is `dbo` there and may have no second user (15063): the service, which restored the copy. */
function without(access: Access, owner: string | undefined, self: string | undefined): Access {
  const isOwner = ({ login, name }: Principal) => name === self || (login !== null && login.toLowerCase() === owner);
  const names = new Set(access.users.filter(isOwner).map(({ name }) => name));
  return {
    ...access,
    users: access.users.filter((user) => !isOwner(user)),
    memberships: access.memberships.filter(({ member }) => !names.has(member)),
    grants: access.grants.filter(({ grantee }) => !names.has(grantee)),
  };
}
