import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import * as statements from '../statements/principals.ts';
import { nameOf, type Where } from '../statements/where.ts';

const principalRow = z.object({
  name: z.string(),
  type: z.string().transform((type) => type.trim()),
  defaultSchema: z.string().nullable(),
  authentication: z.string().nullable(),
  login: z.string().nullable(),
  sid: z.instanceof(Uint8Array).nullable(),
});
const membershipRow = z.object({ role: z.string(), member: z.string() });
const grantRow = z.object({
  state: z.string(),
  permission: z.string(),
  class: z.string(),
  grantee: z.string(),
  schemaName: z.string().nullable(),
  objectName: z.string().nullable(),
  objectSchema: z.string().nullable(),
});

export const ownedRow = z.object({ owner: z.string(), kind: z.enum(['SCHEMA', 'ROLE']), name: z.string() });

export type Principal = z.infer<typeof principalRow>;
export type Membership = z.infer<typeof membershipRow>;
export type Owned = z.infer<typeof ownedRow>;
export type GrantRow = z.infer<typeof grantRow>;

/** Who may do what in one database. */
export interface Access {
  readonly users: readonly Principal[];
  readonly roles: readonly Principal[];
  readonly memberships: readonly Membership[];
  readonly grants: readonly GrantRow[];
  readonly isDenied: (user: string) => boolean;
  /** Denied until the target is opened. */
  readonly isWaiting: (user: string) => boolean;
}

export async function readAccess(connection: Connection, database: Where): Promise<Access> {
  const options = { doing: `reading users and rights of ${nameOf(database)}` };
  const principals = await connection.ask(statements.readPrincipals(database), principalRow, options);
  const memberships = await connection.ask(statements.readMemberships(database), membershipRow, options);
  const grants = await connection.ask(statements.readGrants(database), grantRow, options);
  const isConnect = ({ permission, state }: GrantRow) => permission === 'CONNECT' && state === 'DENY';
  const denied = new Set(grants.filter(isConnect).map(({ grantee }) => grantee.toLowerCase()));
  const isWaitingMember = ({ role }: Membership) => role === statements.WAITING_ROLE;
  const waiting = new Set(memberships.filter(isWaitingMember).map(({ member }) => member.toLowerCase()));
  return {
    users: principals.filter(({ type }) => type !== 'R'),
    roles: principals.filter(({ type, name }) => type === 'R' && name !== statements.WAITING_ROLE),
    memberships: memberships.filter((membership) => !isWaitingMember(membership)),
    grants: grants.filter(({ permission, grantee }) => permission !== 'CONNECT' && grantee !== statements.WAITING_ROLE),
    isDenied: (user) => denied.has(user.toLowerCase()),
    isWaiting: (user) => waiting.has(user.toLowerCase()),
  };
}

export async function hasWaitingRole(connection: Connection, database: Where): Promise<boolean> {
  const rows = await connection.ask(statements.readPrincipals(database), principalRow, {
    doing: `reading the roles of ${nameOf(database)}`,
  });
  return rows.some(({ name }) => name === statements.WAITING_ROLE);
}

/** Members of sysadmin cannot be kept out of any database; none when the service may not see them. */
export async function readSysadminNames(connection: Connection): Promise<readonly string[]> {
  const row = z.object({ name: z.string() });
  const rows = await askIfAllowed(connection, statements.readSysadmins(), row, 'reading the members of sysadmin');
  return (rows ?? []).map(({ name }) => name);
}
