import type { Connection } from '../../../databases/sqlServer/connection.ts';
import * as statements from '../statements/principals.ts';
import { nameOf, type Where } from '../statements/where.ts';
import { type Access, type Membership, type Owned, ownedRow, type Principal } from './principals.ts';

/** What users and roles of a database own there, as far as Rewind has a statement that gives it to another. */
export const readOwned = (connection: Connection, database: Where): Promise<readonly Owned[]> =>
  connection.ask(statements.readOwned(database), ownedRow, {
    doing: `reading what the users of ${nameOf(database)} own`,
  });

/**
 * What a DBA runs, in this order, to have `user` of the target in `database` in the place of what stands under its name
 * there: ownership to dbo, the namesake dropped, the user made, its memberships.
 */
export function statementsByHand(
  database: Where,
  user: Principal,
  memberships: readonly Membership[],
  { users, roles }: Pick<Access, 'users' | 'roles'>,
  owned: readonly Owned[],
): readonly string[] {
  const isUser = (name: string) => name.toLowerCase() === user.name.toLowerCase();
  return [
    ...owned.filter(({ owner }) => isUser(owner)).map((one) => statements.giveToOwner(database, one)),
    ...roles.filter(({ name }) => isUser(name)).map(({ name }) => statements.dropRole(database, name)),
    ...users.filter(({ name }) => isUser(name)).map(({ name }) => statements.dropUser(database, name)),
    statements.createUser(database, user),
    ...memberships
      .filter(({ member }) => isUser(member))
      .map(({ role, member }) => statements.addMember(database, role, member)),
  ];
}
