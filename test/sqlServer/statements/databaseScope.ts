import type { StatementFamily } from '../execute/context.ts';
import { evaluate } from '../execute/evaluate.ts';
import { readName } from '../sql/cursor.ts';
import { readExpression } from '../sql/readQuery.ts';
import { sqlError } from '../sql/sqlError.ts';
import { dropKey, protectKey } from '../state/encryption.ts';
import { isDbOwner, isSysadmin } from '../state/permissions.ts';
import { databaseNamed } from '../state/sessions.ts';
import type { Context } from '../execute/context.ts';
import { principalNamed } from './principals.ts';

/** "ALTER DATABASE SCOPED CONFIGURATION": the others take a word. */
const takesNumber = new Set(['MAXDOP', 'PAUSED_RESUMABLE_INDEX_ABORT_DURATION_MINUTES', 'FULLTEXT_INDEX_VERSION']);

const scopedFamily: StatementFamily = {
  starts: [['ALTER', 'DATABASE', 'SCOPED', 'CONFIGURATION']],
  read(cursor) {
    cursor.expect('ALTER', 'DATABASE', 'SCOPED', 'CONFIGURATION');
    if (cursor.accept('CLEAR')) {
      readName(cursor);
      return async ({ reply }) => reply.done();
    }
    cursor.expect('SET');
    const name = readName(cursor).toUpperCase();
    cursor.expect('=');
    const word = ['ON', 'OFF', 'PRIMARY', 'WHEN_SUPPORTED', 'FAIL_UNSUPPORTED'].find((each) => cursor.accept(each));
    if (takesNumber.has(name) === (word !== undefined)) throw cursor.incorrect();
    const value = word === undefined ? readExpression(cursor) : undefined;
    return async (context) => {
      const { session, reply } = context;
      requireOwner(context);
      session.database.options.scoped[name] = value
        ? await evaluate(context, value)
        : word === 'ON'
          ? 1
          : word === 'OFF'
            ? 0
            : (word ?? null);
      reply.done();
    };
  },
};

const encryptionKeyFamily: StatementFamily = {
  starts: [
    ['ALTER', 'DATABASE', 'ENCRYPTION', 'KEY'],
    ['DROP', 'DATABASE', 'ENCRYPTION', 'KEY'],
  ],
  read(cursor) {
    if (cursor.accept('DROP')) {
      cursor.expect('DATABASE', 'ENCRYPTION', 'KEY');
      return async (context) => {
        requireOwner(context);
        dropKey(context.session.database);
        context.reply.done();
      };
    }
    cursor.expect('ALTER', 'DATABASE', 'ENCRYPTION', 'KEY');
    cursor.expect('ENCRYPTION', 'BY', 'SERVER', 'CERTIFICATE');
    const name = readName(cursor);
    return async (context) => {
      const { server, session, reply } = context;
      requireOwner(context);
      const certificate = server.certificates.find((each) => each.name === name);
      if (!certificate)
        throw sqlError(
          15151,
          `Cannot find the certificate '${name}', because it does not exist or you do not have permission.`,
        );
      protectKey(session.database, certificate);
      reply.done();
    };
  },
};

const authorizationFamily: StatementFamily = {
  starts: [['ALTER', 'AUTHORIZATION', 'ON', 'DATABASE']],
  read(cursor) {
    cursor.expect('ALTER', 'AUTHORIZATION', 'ON', 'DATABASE');
    cursor.expect('::');
    const name = readName(cursor);
    cursor.expect('TO');
    const owner = readName(cursor);
    return async ({ server, session, reply }) => {
      const database = databaseNamed(server, name);
      const login = server.logins.find((each) => each.name.toLowerCase() === owner.toLowerCase());
      const mayGive = isSysadmin(session.login) || (database.owner === session.login.name && login === session.login);
      if (!login || !mayGive)
        throw sqlError(
          15151,
          `Cannot find the principal '${owner}', because it does not exist or you do not have permission.`,
        );
      const dbo = principalNamed(database, 'user', 'dbo');
      if (database.principals.some(({ sid, name }) => sid === login.sid && name !== 'dbo'))
        throw sqlError(15110, 'The proposed new database owner is already a user or aliased in the database.');
      database.owner = login.name;
      dbo.sid = login.sid;
      reply.done();
    };
  },
};

/** Of a schema or a role, inside one database. */
const ownershipFamily: StatementFamily = {
  starts: ['SCHEMA', 'ROLE'].map((kind) => ['ALTER', 'AUTHORIZATION', 'ON', kind]),
  read(cursor) {
    cursor.expect('ALTER', 'AUTHORIZATION', 'ON');
    const kind = cursor.next().value;
    cursor.expect('::');
    const name = readName(cursor);
    cursor.expect('TO');
    const owner = readName(cursor);
    return async (context) => {
      requireOwner(context);
      const { database } = context.session;
      const to = principalNamed(database, 'user', owner);
      if (kind === 'ROLE') {
        principalNamed(database, 'role', name).owner = to.name;
        return context.reply.done();
      }
      const isIt = (schema: string) => schema.toLowerCase() === name.toLowerCase();
      for (const principal of database.principals) {
        const others = (principal.ownedSchemas ?? []).filter((schema) => !isIt(schema));
        principal.ownedSchemas = principal === to ? [...others, name] : others;
      }
      context.reply.done();
    };
  },
};

function requireOwner({ session: { database, login } }: Context): void {
  if (!isDbOwner(database, login)) throw sqlError(15247, 'User does not have permission to perform this action.');
}

export const databaseScopeFamilies: readonly StatementFamily[] = [
  scopedFamily,
  encryptionKeyFamily,
  authorizationFamily,
  ownershipFamily,
];
