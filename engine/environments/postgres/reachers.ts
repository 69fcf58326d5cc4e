import { DATABASE_ROLES, type Reachers } from '../../contracts.ts';
import { loginList } from '../loginList.ts';
import { addressOf, openClient } from './client.ts';
import type { PostgresSandbox } from './settings.ts';

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
