import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DATABASE_ROLES, type Reachers } from '../../contracts.ts';
import { loginList } from '../loginList.ts';
import { addressOf, openClient } from './client.ts';
import { CopyNotClosedError } from './errors.ts';
import type { PostgresSandbox } from './settings.ts';
import type { FencedClient } from './writer.ts';

/**
 * Statements, one line each, that leave the service as the only role of a copy that can log in. They run before the copy
 * has a port. Roles that own objects cannot be dropped, so production's stay as empty shells: no login, no password, no
 * special right, member of nothing. Subscriptions would go on fetching from production's publishers.
 */
export function evictRoles(service: { readonly user: string; readonly password: string }): string[] {
  const shell = 'NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS';
  return [
    `DO $$ DECLARE r record; BEGIN FOR r IN SELECT m.rolname AS member, g.rolname AS role, b.rolname AS grantor FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles b ON b.oid = a.grantor WHERE m.rolname !~ '^pg_' LOOP EXECUTE format('REVOKE %I FROM %I GRANTED BY %I CASCADE', r.role, r.member, r.grantor); END LOOP; END $$`,
    `DO $$ DECLARE r record; BEGIN FOR r IN SELECT oid, rolname FROM pg_roles WHERE rolname !~ '^pg_' LOOP EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', r.rolname) || CASE WHEN r.oid = 10 THEN '' ELSE ' ${shell}' END; END LOOP; END $$`,
    `DO $rewind$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${line(service.user)}) THEN CREATE ROLE ${escapeIdentifier(service.user)}; END IF; END $rewind$`,
    `ALTER ROLE ${escapeIdentifier(service.user)} SUPERUSER LOGIN PASSWORD ${line(service.password)} CONNECTION LIMIT -1 VALID UNTIL 'infinity'`,
    `UPDATE pg_catalog.pg_subscription SET subenabled = false`,
  ];
}

/** @throws CopyNotClosedError */
export async function proveClosed(copy: Client, service: string, dataFolder: string): Promise<void> {
  const { rows } = await copy.query<{ roles: number }>(
    'SELECT count(*)::int AS roles FROM pg_roles WHERE rolcanlogin AND rolname <> $1',
    [service],
  );
  const roles = rows[0]?.roles ?? Number.NaN;
  if (roles !== 0) throw new CopyNotClosedError(dataFolder, roles);
}

/**
 * Gives the copy the living target's roles: attributes, password hashes and memberships. They go from server to server
 * and are nowhere kept. The copy stays closed: its pg_hba.conf admits the service alone.
 */
export async function copyRoles(target: Client, { client: copy, change }: FencedClient): Promise<number> {
  const { rows: roles } = await target.query<RoleRow>(ROLES);
  const { rows: existing } = await copy.query<{ oid: number; rolname: string }>('SELECT oid, rolname FROM pg_roles');
  const known = new Map(existing.map(({ oid, rolname }) => [rolname, oid]));
  const { rows: memberships } = await target.query<MembershipRow>(MEMBERSHIPS);
  await change(async () => {
    for (const role of roles) {
      const name = escapeIdentifier(role.rolname);
      if (!known.has(role.rolname)) await copy.query(`CREATE ROLE ${name}`);
      // The role that made production's cluster cannot stop being a superuser, whatever its namesake is in the target.
      const attributes = attributesOf(role).replace('NOSUPERUSER', known.get(role.rolname) === 10 ? '' : 'NOSUPERUSER');
      await copy.query(`ALTER ROLE ${name} ${attributes}`);
    }
    for (const { role, member, admin, inherit, set } of memberships) {
      await copy.query(
        `GRANT ${escapeIdentifier(role)} TO ${escapeIdentifier(member)} WITH ADMIN ${admin}, INHERIT ${inherit}, SET ${set}`,
      );
    }
  });
  return roles.length;
}

interface RoleRow {
  readonly rolname: string;
  readonly attributes: string;
  readonly rolconnlimit: number;
  readonly rolpassword: string | null;
  readonly until: string;
}

interface MembershipRow {
  readonly role: string;
  readonly member: string;
  readonly admin: boolean;
  readonly inherit: boolean;
  readonly set: boolean;
}

const ROLES = `
SELECT rolname,
       rolconnlimit,
       rolpassword,
       coalesce(rolvaliduntil, 'infinity')::text AS until,
       concat_ws(' ',
         CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
         CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
         CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
         CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
         CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
         CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
         CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END) AS attributes
  FROM pg_authid
 WHERE rolname !~ '^pg_'`;

const MEMBERSHIPS = `
SELECT g.rolname AS role, m.rolname AS member, bool_or(admin_option) AS admin, bool_or(inherit_option) AS inherit, bool_or(set_option) AS set
  FROM pg_auth_members a
  JOIN pg_roles g ON g.oid = a.roleid
  JOIN pg_roles m ON m.oid = a.member
 WHERE m.rolname !~ '^pg_'
 GROUP BY 1, 2`;

function attributesOf({ attributes, rolconnlimit, rolpassword, until }: RoleRow): string {
  // PostgreSQL stores a text that has the form of a hash as it is.
  const password = rolpassword === null ? 'NULL' : escapeLiteral(rolpassword);
  return `${attributes} CONNECTION LIMIT ${rolconnlimit} PASSWORD ${password} VALID UNTIL ${escapeLiteral(until)}`;
}

/** A literal for a server that takes a line as a statement. */
function line(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError('A role name or password with a line break is not supported');
  return escapeLiteral(value);
}

/** Superusers, and whoever is the owner of a database or a member of that role, however far down. Everybody may read this there. */
export async function reachersOf({ databases, settings }: PostgresSandbox): Promise<Reachers> {
  await using session = await openClient(addressOf(settings.service), databases.application);
  const superusers = await session.client.query<{ name: string }>(
    'select rolname as name from pg_catalog.pg_roles where rolsuper and rolcanlogin',
  );
  const owners = await session.client.query<{ name: string }>(
    [
      'with recursive owner (oid) as (',
      '  select datdba from pg_catalog.pg_database where datname = any($1)',
      '  union',
      '  select m.member from pg_catalog.pg_auth_members as m join owner on m.roleid = owner.oid',
      ')',
      'select r.rolname as name from owner join pg_catalog.pg_roles as r on r.oid = owner.oid',
      'where r.rolcanlogin and not r.rolsuper',
    ].join('\n'),
    [DATABASE_ROLES.map((role) => databases[role])],
  );
  return {
    administrators: loginList(superusers.rows.map(({ name }) => name)),
    owners: loginList(owners.rows.map(({ name }) => name)),
    isComplete: true,
  };
}
