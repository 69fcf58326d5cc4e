import type { Connection } from '../../../databases/sqlServer/connection.ts';
import * as statements from '../statements/principals.ts';
import type { Where } from '../statements/where.ts';
import { readOwned, statementsByHand } from './byHand.ts';
import { type Fate, fateOf, isEntraAlone, isSamePrincipal } from './fates.ts';
import { type Access, type Principal, readAccess } from './principals.ts';
import { type Run, runEach } from './runEach.ts';

/** A copy on its way to be the target. */
export interface Making {
  /** It sees the copy. */
  readonly connection: Connection;
  readonly run: Run;
  /** Into the log: what did not work, and the statements for a DBA. */
  readonly tell: (what: string, statements: readonly string[]) => void;
  /** The name that the copy will have, which statements by hand have to use. */
  readonly from: Where;
  readonly to: Where;
  /** The server makes users of accounts, groups and applications of Entra that have no login there. */
  readonly asksEntra?: boolean | undefined;
}

interface Left {
  readonly name: string;
  readonly why: string;
}

const errorOf = (number: number) => `SQL Server error ${String(number)}`;
const namesIn = (principals: readonly Principal[]) => new Set(principals.map(({ name }) => name.toLowerCase()));

/** @returns the names of those that the copy did not take. */
export async function makeRoles(making: Making, wanted: Access): Promise<readonly string[]> {
  const { connection, run, tell, from, to } = making;
  const left = new Map<string, Left>();
  await runEach(
    run,
    async () => {
      const present = await readAccess(connection, to);
      const [roles, users] = [namesIn(present.roles), namesIn(present.users)];
      const missing = wanted.roles.filter(({ name }) => !roles.has(name.toLowerCase()));
      for (const { name } of missing)
        if (users.has(name.toLowerCase())) left.set(name, { name, why: 'production has a user of that name' });
      return missing
        .filter(({ name }) => !left.has(name))
        .map(({ name }) => ({ name, statements: [statements.createRole(to, name)] }));
    },
    ({ name }, number) => left.set(name, { name, why: errorOf(number) }),
  );
  for (const { name, why } of left.values())
    tell(`role ${name} is left out (${why})`, [statements.createRole(from, name)]);
  return [...left.keys()];
}

interface Made {
  /** Their secret, or their account, is nowhere to be read. */
  readonly unmakeable: readonly string[];
  /** Neither made nor adopted; what stands under their names is shut out. */
  readonly left: readonly string[];
}

/** In one batch if the server takes it: nobody who is made could enter between two of its statements, and it is one round trip. */
export async function makeUsers(making: Making, wanted: Access): Promise<Made> {
  const { connection, run, tell, from, to } = making;
  const left = new Map<string, Left>();
  const unmakeable = new Set<string>();
  // An attempt may have ended before it looked whom Entra had made: they wait, and would be let in.
  await dropStrangers(making, wanted, ({ name }, present) => present.isWaiting(name));
  await runEach(
    run,
    async () => {
      const present = await readAccess(connection, to);
      return wanted.users.flatMap((user) => {
        const { name } = user;
        const fate = fateOf(user, present, making.asksEntra);
        if (fate.kind === 'blocked') left.set(name, { name, why: fate.why });
        if (fate.kind === 'unmakeable') unmakeable.add(name);
        if (fate.kind === 'blocked' || fate.kind === 'unmakeable') return [];
        return [{ name, statements: makeWaiting(to, user, fate, wanted, present) }];
      });
    },
    ({ name }, number) => left.set(name, { name, why: errorOf(number) }),
  );
  for (const name of await dropStrangers(making, wanted, ({ name }) => !left.has(name)))
    left.set(name, { name, why: 'Entra knows another one by that name now' });
  if (left.size > 0) {
    const present = await readAccess(connection, to);
    // Whoever the server made and then refused to shut out; a refusal of this one ends the run.
    const names = new Set([...left.keys()].map((name) => name.toLowerCase()));
    const open = present.users.filter(({ name }) => names.has(name.toLowerCase()) && !present.isDenied(name));
    if (open.length > 0) await run(open.map(({ name }) => statements.denyConnect(to, name)));
    const owned = await readOwned(connection, to);
    for (const user of wanted.users) {
      const why = left.get(user.name)?.why;
      if (why === undefined) continue;
      tell(
        `${user.name} of the target is left out and whoever has that name is shut out (${why})`,
        statementsByHand(from, user, wanted.memberships, present, owned),
      );
    }
  }
  return { unmakeable: [...unmakeable], left: [...left.keys()] };
}

/**
 * Entra makes a user of whoever has that name today: one whose account was deleted and given to somebody else must not get in for it.
 * @returns the names of those that are dropped again
 */
async function dropStrangers(
  { connection, run, to, asksEntra }: Making,
  wanted: Access,
  isMade: (user: Principal, present: Access) => boolean,
): Promise<readonly string[]> {
  const external = asksEntra === true ? wanted.users.filter(isEntraAlone) : [];
  if (external.length === 0) return [];
  const present = await readAccess(connection, to);
  const strangers = external.filter((user) => {
    if (!isMade(user, present)) return false;
    const made = present.users.find(({ name }) => name.toLowerCase() === user.name.toLowerCase());
    return made !== undefined && isEntraAlone(made) && !isSamePrincipal(made, user);
  });
  if (strangers.length > 0) await run(strangers.map(({ name }) => statements.dropUser(to, name)));
  return strangers.map(({ name }) => name);
}

function makeWaiting(to: Where, user: Principal, fate: Fate, wanted: Access, present: Access): readonly string[] {
  const { name } = user;
  const mayEnter = !wanted.isDenied(name) || wanted.isWaiting(name);
  return [
    ...(fate.kind === 'make' ? [statements.createUser(to, user)] : []),
    ...(fate.kind === 'adopt' ? [statements.adoptUser(to, name, fate.login)] : []),
    statements.denyConnect(to, name),
    ...(mayEnter && !present.isWaiting(name) ? [statements.addMember(to, statements.WAITING_ROLE, name)] : []),
  ];
}
