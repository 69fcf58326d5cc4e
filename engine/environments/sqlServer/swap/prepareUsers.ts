import type { ActContext } from '../../provider.ts';
import { findDatabase, listDatabases } from '../databases.ts';
import { change, guardOf } from '../fence.ts';
import { isStatementRefused } from '../../../databases/sqlServer/faults.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import {
  type Access,
  type GrantRow,
  hasWaitingRole,
  type Membership,
  type Principal,
  readAccess,
} from './principals.ts';
import * as statements from '../statements/principals.ts';

/**
 * Gives the copy the users, roles and rights of the living target while that is still in use. The users wait: each is
 * denied in the batch that makes it, because a member of db_owner would pass RESTRICTED_USER. Everything is looked up
 * first, so it can be repeated.
 */
export async function prepareUsers(line: Connection, context: ActContext, from: string, to: string): Promise<void> {
  const run = runner(line, context, `giving ${to} the users of ${from}`);
  await ensureWaitingRole(line, run, to);
  const [all, present] = [await readAccess(line, from), await readAccess(line, to)];
  const wanted = without(all, await ownerOf(line, to));
  const names = namesIn(present);
  for (const role of wanted.roles)
    if (!names.has(role.name.toLowerCase())) await run([statements.createRole(to, role.name)]);
  const byHand = wanted.users.filter(needsHand).map(({ name }) => name);
  // One batch: nobody who is made in it could enter between two of its statements, and there is one round trip.
  await run(wanted.users.filter((user) => !needsHand(user)).flatMap((user) => makeWaiting(to, user, wanted, present)));
  await copyMemberships(run, to, wanted, present, byHand);
  const skipped = await copyGrants(run, to, wanted.grants, byHand);

  const left = skipped === 0 ? '' : `; ${String(skipped)} rights on objects that it lacks are left out`;
  const made = wanted.users.length - byHand.length;
  context.log(
    `${to}: ${made === 1 ? '1 user of the target waits' : `${String(made)} users of the target wait`} in it${left}`,
  );
  if (byHand.length > 0)
    context.log(
      `${to}: to be made by hand (own password, certificate or key, or no login on this server): ${byHand.join(', ')}`,
    );
}

/** Lets those in who wait. */
export async function admitUsers(line: Connection, context: ActContext, database: string): Promise<void> {
  const run = runner(line, context, `admitting the users of ${database}`);
  if (!(await hasWaitingRole(line, database))) return;
  const { users, isWaiting } = await readAccess(line, database);
  for (const { name } of users.filter((user) => isWaiting(user.name))) {
    await run([
      statements.grantConnect(database, name),
      statements.dropMember(database, statements.WAITING_ROLE, name),
    ]);
  }
  await run([statements.dropRole(database, statements.WAITING_ROLE)]);
}

/** The reverse, for a copy that was the target for a while. */
export async function keepUsersOut(line: Connection, context: ActContext, database: string): Promise<void> {
  const run = runner(line, context, `closing ${database}`);
  const { users, isDenied } = await readAccess(line, database);
  const entering = users.filter(({ name }) => !isDenied(name));
  if (entering.length === 0) return;
  await ensureWaitingRole(line, run, database);
  await run(
    entering.flatMap(({ name }) => [
      statements.denyConnect(database, name),
      statements.addMember(database, statements.WAITING_ROLE, name),
    ]),
  );
}

type Run = (texts: readonly string[]) => Promise<void>;

const runner =
  (line: Connection, context: ActContext, doing: string): Run =>
  (texts) =>
    change(line, guardOf(context), texts, { doing });

async function ensureWaitingRole(line: Connection, run: Run, database: string): Promise<void> {
  if (!(await hasWaitingRole(line, database))) await run([statements.createRole(database, statements.WAITING_ROLE)]);
}

const namesIn = ({ users, roles }: Access) => new Set([...users, ...roles].map(({ name }) => name.toLowerCase()));

const ownerOf = async (line: Connection, database: string) =>
  findDatabase(await listDatabases(line), database)?.owner?.toLowerCase();

/** The owner's login is `dbo` there and may have no second user (15063): the service, which restored the copy. */
function without(access: Access, owner: string | undefined): Access {
  const isOwner = ({ login }: Principal) => login !== null && login.toLowerCase() === owner;
  const names = new Set(access.users.filter(isOwner).map(({ name }) => name));
  return {
    ...access,
    users: access.users.filter((user) => !isOwner(user)),
    memberships: access.memberships.filter(({ member }) => !names.has(member)),
    grants: access.grants.filter(({ grantee }) => !names.has(grantee)),
  };
}

/**
 * A password inside the database, a certificate or a key: nobody can read them from the former database. Nor can an account
 * of Windows or Entra that has no login be made WITHOUT LOGIN (15006): such a user comes in through a group.
 */
const needsHand = ({ type, authentication, login }: Principal) =>
  type === 'C' || type === 'K' || authentication === 'DATABASE' || (type !== 'S' && login === null);

function makeWaiting(to: string, user: Principal, wanted: Access, present: Access): string[] {
  const { name } = user;
  const mayEnter = !wanted.isDenied(name) || wanted.isWaiting(name);
  return [
    ...(namesIn(present).has(name.toLowerCase()) ? adopt(to, user) : [statements.createUser(to, user)]),
    statements.denyConnect(to, name),
    ...(mayEnter && !present.isWaiting(name) ? [statements.addMember(to, statements.WAITING_ROLE, name)] : []),
  ];
}

/** A shell of production's user of that name, or what an earlier call has made. */
const adopt = (to: string, { name, login }: Principal): string[] =>
  login === null ? [] : [statements.adoptUser(to, name, login)];

async function copyMemberships(
  run: Run,
  to: string,
  wanted: Access,
  present: Access,
  byHand: readonly string[],
): Promise<void> {
  const key = ({ role, member }: Membership) => `${role}\n${member}`.toLowerCase();
  const [wantedKeys, presentKeys] = [new Set(wanted.memberships.map(key)), new Set(present.memberships.map(key))];
  const known = namesIn(wanted);
  // What production's user of the same name was a member of.
  const foreign = present.memberships.filter((one) => !wantedKeys.has(key(one)) && known.has(one.member.toLowerCase()));
  await run(foreign.map(({ role, member }) => statements.dropMember(to, role, member)));
  const missing = wanted.memberships.filter((one) => !presentKeys.has(key(one)) && !byHand.includes(one.member));
  await run(missing.map(({ role, member }) => statements.addMember(to, role, member)));
}

/** @returns how many rights had nothing to apply to. */
async function copyGrants(run: Run, to: string, rows: readonly GrantRow[], byHand: readonly string[]): Promise<number> {
  const grants = rows.filter(({ grantee }) => !byHand.includes(grantee)).flatMap((row) => asGrant(row) ?? []);
  try {
    await run(grants.map((grant) => statements.grant(to, grant)));
    return 0;
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
  }
  // The batch ended at an object that the copy lacks: one by one, then.
  let skipped = 0;
  for (const grant of grants) {
    try {
      await run([statements.grant(to, grant)]);
    } catch (error) {
      if (grant.on.kind === 'database' || !isStatementRefused(error)) throw error;
      skipped += 1;
    }
  }
  return skipped;
}

function asGrant({
  state,
  permission,
  grantee,
  class: kind,
  schemaName,
  objectName,
  objectSchema,
}: GrantRow): statements.Grant | undefined {
  if (state !== 'GRANT' && state !== 'DENY' && state !== 'GRANT_WITH_GRANT_OPTION') return undefined;
  const base = { state, permission, grantee } as const;
  if (kind === 'DATABASE') return { ...base, on: { kind: 'database' } };
  if (schemaName !== null) return { ...base, on: { kind: 'schema', name: schemaName } };
  if (objectName !== null && objectSchema !== null)
    return { ...base, on: { kind: 'object', schema: objectSchema, name: objectName } };
  return undefined;
}
