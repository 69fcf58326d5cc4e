import type { StatementFamily } from '../execute/context.ts';
import { readList, readName, readNameParts, type Cursor } from '../sql/cursor.ts';
import type { Permission, Securable } from '../state/databaseModel.ts';
import { isSysadmin } from '../state/permissions.ts';
import { userTables } from '../state/tables.ts';
import { missing, principalNamed, requireOwner, run, same } from './principals.ts';

const serverWide = /SERVER|ANY (DATABASE|LOGIN|CONNECTION|DEFINITION)|CONNECT SQL/;

/** GRANT, DENY and REVOKE: on the server, a database, a schema, or an object in it. */
export const permissionFamily: StatementFamily = {
  starts: [['GRANT'], ['DENY'], ['REVOKE']],
  read(cursor) {
    const action = cursor.next().value;
    const names = readList(cursor, () => readPermission(cursor));
    const on = cursor.accept('ON') ? readSecurable(cursor) : undefined;
    if (!cursor.accept('TO')) cursor.expect('FROM');
    const grantees = readList(cursor, () => readName(cursor));
    const isGrantable = cursor.accept('WITH', 'GRANT', 'OPTION');
    cursor.accept('CASCADE');
    const state = action === 'DENY' ? 'DENY' : isGrantable ? 'GRANT_WITH_GRANT_OPTION' : 'GRANT';
    return run((context) => {
      const { server, session } = context;
      for (const grantee of grantees) {
        if (names.some((name) => serverWide.test(name))) {
          const login = server.logins.find((each) => same(each.name, grantee));
          if (!isSysadmin(session.login) || !login) throw missing('login', grantee);
          for (const name of names) login.permissions[action === 'GRANT' ? 'add' : 'delete'](name);
          continue;
        }
        const database = requireOwner(context);
        const { permissions } = principalNamed(database, 'user', grantee);
        const isThere =
          database.name === 'msdb' ||
          !on?.object ||
          userTables({ session, database }).some(({ name }) => same(name, on.object ?? ''));
        if (!isThere) throw missing('object', on?.object ?? '');
        for (const name of names) set(permissions, name, on, action === 'REVOKE' ? undefined : state);
      }
    });
  },
};

function set(
  permissions: Permission[],
  name: string,
  on: Securable | undefined,
  state: Permission['state'] | undefined,
): void {
  const at = permissions.findIndex(
    (each) =>
      each.name === name &&
      same(each.on?.schema ?? '', on?.schema ?? '') &&
      same(each.on?.object ?? '', on?.object ?? ''),
  );
  if (at !== -1) permissions.splice(at, 1);
  if (state !== undefined) permissions.push({ state, name, ...(on ? { on } : {}) });
}

function readPermission(cursor: Cursor): string {
  const words: string[] = [];
  while (cursor.peek().kind === 'word' && !['TO', 'FROM', 'ON'].includes(cursor.peek().value))
    words.push(cursor.next().value);
  if (words.length === 0) throw cursor.incorrect();
  return words.join(' ');
}

function readSecurable(cursor: Cursor): Securable {
  if (cursor.accept('SCHEMA', '::')) return { schema: readName(cursor) };
  cursor.accept('OBJECT', '::');
  const parts = readNameParts(cursor);
  return { schema: parts.at(-2) ?? 'dbo', object: parts.at(-1) ?? '' };
}
