import { randomBytes } from 'node:crypto';
import type { Context, Run, StatementFamily } from '../execute/context.ts';
import { readList, readName, readString } from '../sql/cursor.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { Login } from '../state/model.ts';
import type { Database, Principal } from '../state/databaseModel.ts';
import { hasServerPermission, isDbOwner, isSysadmin } from '../state/permissions.ts';

export const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
export const missing = (kind: string, name: string) =>
  sqlError(15151, `Cannot find the ${kind} '${name}', because it does not exist or you do not have permission.`);

export function requireOwner({ session: { database, login } }: Context): Database {
  if (!isDbOwner(database, login)) throw sqlError(15247, 'User does not have permission to perform this action.');
  return database;
}

export function principalNamed(database: Database, kind: string, name: string): Principal {
  const found = database.principals.find((each) => same(each.name, name));
  if (!found) throw missing(kind, name);
  return found;
}

function loginNamed({ server }: Context, name: string): Login {
  const found = server.logins.find((each) => same(each.name, name));
  if (!found) throw sqlError(15007, `'${name}' is not a valid login or you do not have permission.`);
  return found;
}

/** An effect that ends with a plain "done". */
export const run =
  (effect: (context: Context) => void): Run =>
  async (context) => {
    effect(context);
    context.reply.done();
  };

const userFamily: StatementFamily = {
  starts: [
    ['CREATE', 'USER'],
    ['ALTER', 'USER'],
    ['DROP', 'USER'],
  ],
  read(cursor) {
    const action = cursor.next().value;
    cursor.expect('USER');
    const isTolerant = action === 'DROP' && cursor.accept('IF', 'EXISTS');
    const name = readName(cursor);
    let login: string | undefined;
    let isExternal = false;
    if (action === 'CREATE' && !cursor.accept('WITHOUT', 'LOGIN')) {
      if (cursor.accept('FROM', 'EXTERNAL', 'PROVIDER')) isExternal = true;
      else if (cursor.accept('FOR') || cursor.accept('FROM')) {
        cursor.expect('LOGIN');
        login = readName(cursor);
      } else login = name;
    }
    if (cursor.accept('WITH'))
      readList(cursor, () => {
        const option = readName(cursor).toUpperCase();
        cursor.expect('=');
        if (option === 'LOGIN') login = readName(cursor);
        else if (option === 'DEFAULT_SCHEMA') readName(cursor);
        else throw notEmulated(`${action} USER WITH ${option}`);
      });
    return run((context) => {
      const database = requireOwner(context);
      const at = database.principals.findIndex((each) => same(each.name, name));
      if (action === 'DROP') {
        if (at === -1 && isTolerant) return;
        if (at === -1) throw missing('user', name);
        if (name === 'dbo') throw sqlError(15150, "Cannot drop the user 'dbo'.");
        requireOwnsNothing(database, name);
        database.principals.splice(at, 1);
      } else if (action === 'ALTER') {
        const user = principalNamed(database, 'user', name);
        if (login !== undefined) remap(context, database, user, login);
      } else {
        if (at !== -1) throw sqlError(15023, `User, group, or role '${name}' already exists in the current database.`);
        if (isExternal) return void database.principals.push(external(context, database, name));
        if (login === undefined && name.includes('\\'))
          throw sqlError(15006, `'${name}' is not a valid name because it contains invalid characters.`);
        const sid = login === undefined ? randomBytes(16).toString('hex') : freeSid(context, database, login);
        const kind = login !== undefined && loginNamed(context, login).kind === 'windows' ? 'U' : 'S';
        const made = newPrincipal(database, name, kind, sid);
        database.principals.push(login === undefined ? { ...made, isWithoutLogin: true } : made);
      }
    });
  },
};

/** D: who makes a user of Entra has to have come in by Entra (33159), and Entra has to know it (33130). */
function external({ server, session }: Context, database: Database, name: string): Principal {
  if (session.login.kind !== 'entra')
    throw sqlError(
      33_159,
      `Principal '${name}' could not be created. Only connections established with Active Directory accounts can create other Active Directory users.`,
    );
  const found = server.directory.get(name.toLowerCase());
  if (!found) throw sqlError(33_130, `Principal '${name}' could not be found or this principal type is not supported.`);
  return newPrincipal(database, name, found.type, found.sid);
}

/** "ALTER USER": only a user that was made for a login of the same kind takes another one. */
function remap(context: Context, database: Database, user: Principal, login: string): void {
  if (user.isWithoutLogin)
    throw sqlError(33_016, 'The user cannot be remapped to a login: it was mapped to none when it was made.');
  const isWindows = loginNamed(context, login).kind === 'windows';
  if (isWindows !== (user.type === 'U'))
    throw sqlError(33_017, 'Cannot remap a user of one type to a login of a different type.');
  user.sid = freeSid(context, database, login, user);
}

function requireOwnsNothing({ principals }: Database, name: string): void {
  const found = principals.find((each) => same(each.name, name));
  if (found?.ownedSchemas !== undefined && found.ownedSchemas.length > 0)
    throw sqlError(15_138, 'The database principal owns a schema in the database, and cannot be dropped.');
  if (principals.some(({ owner }) => owner !== undefined && same(owner, name)))
    throw sqlError(15_421, 'The database principal owns a database role and cannot be dropped.');
}

/** The SID of a login that has no other user in the database; its owner has one, `dbo`. */
function freeSid(context: Context, database: Database, login: string, own?: Principal): string {
  const { sid } = loginNamed(context, login);
  if (database.principals.some((each) => each !== own && each.sid === sid))
    throw sqlError(15063, 'The login already has an account under a different user name.');
  return sid;
}

function newPrincipal(database: Database, name: string, type: Principal['type'], sid: string | undefined): Principal {
  const ids = database.principals.map(({ id }) => id).filter((id) => id < 16_384);
  return { name, id: Math.max(4, ...ids) + 1, type, sid, roles: new Set(), permissions: [] };
}

const roleFamily: StatementFamily = {
  starts: [
    ['CREATE', 'ROLE'],
    ['ALTER', 'ROLE'],
    ['DROP', 'ROLE'],
  ],
  read(cursor) {
    const action = cursor.next().value;
    cursor.expect('ROLE');
    const isTolerant = cursor.accept('IF', 'EXISTS');
    const role = readName(cursor);
    const isAdded = action === 'ALTER' && cursor.accept('ADD', 'MEMBER');
    if (action === 'ALTER' && !isAdded) cursor.expect('DROP', 'MEMBER');
    const member = action === 'ALTER' ? readName(cursor) : '';
    return run((context) => {
      const database = requireOwner(context);
      if (action === 'CREATE') {
        if (database.principals.some(({ name }) => same(name, role)))
          throw sqlError(15_023, `User, group, or role '${role}' already exists in the current database.`);
        database.principals.push(newPrincipal(database, role, 'R', undefined));
      } else if (action === 'DROP') {
        const at = database.principals.findIndex((each) => same(each.name, role));
        if (at === -1 && !isTolerant) throw missing('role', role);
        if (at === -1) return;
        if (database.principals.some(({ roles }) => [...roles].some((one) => same(one, role))))
          throw sqlError(15_144, 'The role has members. It must be empty before it can be dropped.');
        requireOwnsNothing(database, role);
        database.principals.splice(at, 1);
      } else {
        const { name } = principalNamed(database, 'role', role);
        const { roles } = principalNamed(database, 'user', member);
        if (isAdded) roles.add(name);
        else roles.delete(name);
      }
    });
  },
};

const loginFamily: StatementFamily = {
  starts: [
    ['CREATE', 'LOGIN'],
    ['ALTER', 'LOGIN'],
    ['DROP', 'LOGIN'],
  ],
  read(cursor) {
    const action = cursor.next().value;
    cursor.expect('LOGIN');
    const name = readName(cursor);
    let password = '';
    const isDisabled = cursor.accept('DISABLE') ? true : cursor.accept('ENABLE') ? false : undefined;
    if (cursor.accept('WITH')) {
      cursor.expect('PASSWORD', '=');
      password = readString(cursor);
      while (cursor.accept(',')) {
        const option = readName(cursor).toUpperCase();
        if (!/^CHECK_(POLICY|EXPIRATION)$/.test(option)) throw notEmulated(`LOGIN WITH ${option}`);
        cursor.expect('=');
        if (!cursor.accept('ON')) cursor.expect('OFF');
      }
    }
    return run((context) => {
      const { server, session } = context;
      if (!hasServerPermission(session.login, 'ALTER ANY LOGIN'))
        throw sqlError(15247, 'User does not have permission to perform this action.');
      if (action === 'CREATE') {
        if (server.logins.some((each) => same(each.name, name)))
          throw sqlError(15025, `The server principal '${name}' already exists.`);
        const sid = randomBytes(16).toString('hex');
        server.logins.push({
          kind: 'sql',
          name,
          password,
          sid,
          roles: new Set(),
          permissions: new Set(),
          isDisabled: false,
          defaultDatabase: 'master',
        });
        return;
      }
      const login = loginNamed(context, name);
      if (action === 'DROP') server.logins.splice(server.logins.indexOf(login), 1);
      if (isDisabled !== undefined) login.isDisabled = isDisabled;
      if (password !== '') login.password = password;
    });
  },
};

const serverRoleFamily: StatementFamily = {
  starts: [['ALTER', 'SERVER', 'ROLE']],
  read(cursor) {
    cursor.expect('ALTER', 'SERVER', 'ROLE');
    const role = readName(cursor);
    const isAdded = cursor.accept('ADD', 'MEMBER');
    if (!isAdded) cursor.expect('DROP', 'MEMBER');
    const member = readName(cursor);
    return run((context) => {
      if (!isSysadmin(context.session.login))
        throw sqlError(15247, 'User does not have permission to perform this action.');
      const { roles } = loginNamed(context, member);
      if (isAdded) roles.add(role);
      else roles.delete(role);
    });
  },
};

export const principalFamilies: readonly StatementFamily[] = [userFamily, roleFamily, loginFamily, serverRoleFamily];
