import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { Value } from '../sql/types.ts';
import type { ServerMessage } from '../tds/reply.ts';
import { openConnection, type Connection, type Parameters } from './connection.ts';
import type { Login, Server, Session } from './model.ts';
import type { Database } from './databaseModel.ts';
import { mayConnect } from './permissions.ts';
import { sessionFunctions } from './sessionFunctions.ts';
import { RESTING_KEYS } from './tables.ts';

export function findDatabase(server: Server, name: string): Database | undefined {
  return server.databases.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** @throws SqlError 911 */
export function databaseNamed(server: Server, name: string): Database {
  const found = findDatabase(server, name);
  if (!found) throw sqlError(911, `Database '${name}' does not exist. Make sure that the name is entered correctly.`);
  return found;
}

/** A message of the stand-in itself, not one that a test has it give. */
type KnownMessage = ServerMessage & { readonly number: ErrorNumber };

/** Why a session may not work in a database now; undefined when it may. */
export function obstacle(session: Session, database: Database): KnownMessage | undefined {
  const refuse = (number: ErrorNumber, message: string, severity = 14) => ({ number, severity, state: 1, message });
  const { name } = database;
  if (database.state === 'RESTORING')
    return refuse(927, `Database '${name}' cannot be opened. It is in the middle of a restore.`);
  if (database.state === 'OFFLINE') return refuse(942, `Database '${name}' cannot be opened because it is offline.`);
  if (database.state !== 'ONLINE')
    return refuse(926, `Database '${name}' cannot be opened. It has been marked SUSPECT by recovery.`);
  if (!mayConnect(database, session.login))
    return refuse(
      916,
      `The server principal "${session.login.name}" is not able to access the database "${name}" under the current security context.`,
    );
  if (database.userAccess === 'SINGLE_USER' && database.holder !== undefined && database.holder !== session.id)
    return refuse(924, `Database '${name}' is already open and can only have one user at a time.`);
  return undefined;
}

type SessionDetails = Pick<
  Session,
  'hostName' | 'programName' | 'processId' | 'isEncrypted' | 'initialDatabase' | 'kill' | 'cut'
>;

/** A session that nobody knows yet. */
export function newSession(server: Server, login: Login, database: Database, details: SessionDetails): Session {
  const id = server.nextSessionId;
  server.nextSessionId += 1;
  return {
    ...details,
    id,
    login,
    server,
    loginTime: server.now(),
    database,
    isXactAbort: false,
    transaction: undefined,
    connections: new Map(),
    temporaryTables: new Map(),
    request: undefined,
  };
}

/** Lets a session in. */
export function openSession(session: Session, database: Database): void {
  session.server.sessions.set(session.id, session);
  enterDatabase(session, database);
}

/** Makes a database the session's own. @throws SqlError 924, 927, 916, … */
export function enterDatabase(session: Session, database: Database): void {
  const refused = obstacle(session, database);
  if (refused) throw sqlError(refused.number, refused.message, refused);
  if (session.database !== database) leaveDatabase(session);
  session.database = database;
  if (database.userAccess === 'SINGLE_USER' && database.holder === undefined) {
    database.holder = session.id;
    database.isHeldBySetter = false;
  }
}

function leaveDatabase(session: Session): void {
  const { database } = session;
  if (database.holder === session.id && !database.isHeldBySetter) freePlace(session.server, database);
}

function freePlace(server: Server, database: Database): void {
  database.holder = undefined;
  database.isHeldBySetter = false;
  const left = server.intruders.get(database.name) ?? 0;
  const [login] = server.logins;
  if (left === 0 || !login || database.userAccess !== 'SINGLE_USER') return;
  server.intruders.set(database.name, left - 1);
  const nobody = { hostName: 'AOS01', programName: 'retry loop', processId: 0, isEncrypted: false };
  const nothing = { kill: () => undefined, cut: () => undefined, initialDatabase: database.name };
  openSession(newSession(server, login, database, { ...nobody, ...nothing }), database);
}

/** Ends everything of a session: its transaction, locks and places. */
export function closeSession(session: Session): void {
  const { server } = session;
  if (!server.sessions.delete(session.id)) return;
  rollback(session);
  for (const { db } of session.connections.values()) db.close();
  session.connections.clear();
  for (const database of server.databases) {
    if (database.holder === session.id) freePlace(server, database);
  }
  releaseLocks(session, () => true);
}

export function releaseLocks(session: Session, which: (owner: 'Session' | 'Transaction') => boolean): void {
  const { applicationLocks } = session.server;
  for (let at = applicationLocks.length - 1; at >= 0; at -= 1) {
    const lock = applicationLocks[at];
    if (lock?.session === session.id && which(lock.owner)) applicationLocks.splice(at, 1);
  }
}

/** Ends other sessions as ALTER DATABASE … WITH ROLLBACK IMMEDIATE and KILL do. */
export function killSession(session: Session): void {
  closeSession(session);
  session.kill({
    number: 596 satisfies ErrorNumber,
    severity: 21,
    state: 1,
    message: 'Cannot continue the execution because the session is in the kill state.',
  });
}

/** The session's view of a database's tables. */
export function connectionOf(session: Session, database: Database): Connection {
  const open = session.connections.get(database);
  if (open) return open;
  if (database.state !== 'ONLINE') throw notEmulated(`tables of ${database.name} while it is ${database.state}`);
  const functions = Object.fromEntries(
    Object.entries(sessionFunctions).map(([name, { run }]) => [
      `session_${name}`,
      (...operands: readonly Value[]) => run(session, operands),
    ]),
  );
  const connection = openConnection(database.path, functions);
  session.connections.set(database, connection);
  return connection;
}

/** Closes what sessions have open of a database, before its file goes away. */
export function closeConnections(server: Server, database: Database): void {
  for (const session of server.sessions.values()) {
    session.connections.get(database)?.db.close();
    session.connections.delete(database);
  }
}

/**
 * One change of a database's tables: alone in its turn, whole or not at all, in the log when it is committed.
 * Inside a transaction the turn is kept until its end.
 */
export async function changeTables<Result>(
  session: Session,
  database: Database,
  signal: AbortSignal,
  work: (connection: Connection, record: (text: string, parameters: Parameters) => void) => Result,
): Promise<Result> {
  await database.turns.take(session.id, signal);
  const connection = connectionOf(session, database);
  const changes: { text: string; parameters: Parameters }[] = [];
  const isAlone = session.transaction === undefined;
  try {
    if (!connection.isInTransaction) {
      // SQLite knows no single key that rests: while one does, none is kept.
      const isKept = (database.ownRows.get(RESTING_KEYS) ?? []).length === 0;
      if (isKept !== connection.keepsKeys) connection.db.exec(`PRAGMA foreign_keys = ${isKept ? 'ON' : 'OFF'}`);
      connection.keepsKeys = isKept;
      connection.db.exec('BEGIN IMMEDIATE');
    }
    connection.isInTransaction = true;
    connection.db.exec('SAVEPOINT statement');
    const result = work(connection, (text, parameters) => changes.push({ text, parameters }));
    connection.db.exec('RELEASE statement');
    if (isAlone) commitOne(session, database, connection, changes);
    else session.transaction?.changes.set(database, [...(session.transaction.changes.get(database) ?? []), ...changes]);
    return result;
  } catch (error) {
    if (connection.db.isOpen && connection.db.isTransaction)
      connection.db.exec(isAlone ? 'ROLLBACK' : 'ROLLBACK TO statement');
    if (isAlone) {
      connection.isInTransaction = false;
      database.turns.giveBack(session.id);
    }
    throw error;
  }
}

function commitOne(
  session: Session,
  database: Database,
  connection: Connection,
  statements: readonly { text: string; parameters: Parameters }[],
): void {
  connection.db.exec('COMMIT');
  connection.isInTransaction = false;
  if (statements.length > 0) {
    database.log.push({ position: database.position, at: session.server.now(), statements });
    database.position += 1;
  }
  database.turns.giveBack(session.id);
}

export function begin(session: Session): void {
  if (session.transaction) {
    session.transaction.depth += 1;
    return;
  }
  session.transaction = { descriptor: BigInt(session.id) * 1000n + 1n, depth: 1, changes: new Map(), undo: [] };
}

/** @returns whether the whole transaction was committed, not only an inner level. */
export function commit(session: Session): boolean {
  const { transaction } = session;
  if (!transaction) throw sqlError(3902, 'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.');
  transaction.depth -= 1;
  if (transaction.depth > 0) return false;
  session.transaction = undefined;
  for (const [database, connection] of session.connections) {
    if (connection.isInTransaction) commitOne(session, database, connection, transaction.changes.get(database) ?? []);
  }
  releaseLocks(session, (owner) => owner === 'Transaction');
  return true;
}

/** What a client may roll back. @throws SqlError 3903, also when the server did so itself, as for a deadlock's victim. */
export function requireTransaction({ transaction }: Session): NonNullable<Session['transaction']> {
  if (!transaction) throw sqlError(3903, 'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.');
  return transaction;
}

export function rollback(session: Session): void {
  for (const undo of (session.transaction?.undo ?? []).toReversed()) undo();
  session.transaction = undefined;
  for (const [database, connection] of session.connections) {
    if (connection.isInTransaction && connection.db.isOpen) connection.db.exec('ROLLBACK');
    connection.isInTransaction = false;
    database.turns.giveBack(session.id);
  }
  releaseLocks(session, (owner) => owner === 'Transaction');
}
