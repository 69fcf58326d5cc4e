import { inform, outsideTransaction, pause, type Context, type StatementFamily } from '../execute/context.ts';
import { readInteger, readName, type Cursor } from '../sql/cursor.ts';
import { sqlError, sqlErrors } from '../sql/sqlError.ts';
import type { Session } from '../state/model.ts';
import type { Database } from '../state/databaseModel.ts';
import { isDbOwner, isSysadmin, mayAlterDatabase } from '../state/permissions.ts';
import { findDatabase, killSession } from '../state/sessions.ts';
import { closeConnections } from '../state/sessions.ts';
import { readOption, type OptionEffect } from './databaseOptions.ts';

const failed = [5069, 'ALTER DATABASE statement failed.'] as const;

type Termination =
  { readonly kind: 'wait' } | { readonly kind: 'no-wait' } | { readonly kind: 'rollback'; readonly afterMs: number };

/** ALTER DATABASE: who may be in, its name, its options. The session rules are those recorded of SQL Server. */
export const alterDatabaseFamily: StatementFamily = {
  starts: [['ALTER', 'DATABASE']],
  read(cursor) {
    cursor.expect('ALTER', 'DATABASE');
    const name = cursor.accept('CURRENT') ? undefined : readName(cursor);
    if (cursor.accept('MODIFY', 'NAME', '=')) {
      const newName = readName(cursor);
      return (context) => alter(context, name, async (database) => rename(context, database, newName));
    }
    cursor.expect('SET');
    const access = readAccess(cursor);
    if (access) {
      const termination = readTermination(cursor);
      return (context) => alter(context, name, (database) => setAccess(context, database, access, termination));
    }
    const effects: OptionEffect[] = [readOption(cursor)];
    while (cursor.accept(',')) effects.push(readOption(cursor));
    const termination = readTermination(cursor);
    return (context) =>
      alter(context, name, async (database) => {
        if (effects.some(({ needsEmptyDatabase }) => needsEmptyDatabase))
          await emptyOut(context, database, termination, () => true);
        for (const { apply } of effects) apply(context, database);
      });
  },
};

async function alter(
  context: Context,
  name: string | undefined,
  effect: (database: Database) => Promise<void>,
): Promise<void> {
  const { server, session, reply } = context;
  outsideTransaction(context, () =>
    sqlError(226, 'ALTER DATABASE statement not allowed within multi-statement transaction.'),
  );
  const database = name === undefined ? session.database : findDatabase(server, name);
  if (!database || !mayAlterDatabase(database, session.login))
    throw sqlErrors(
      [
        5011,
        `User does not have permission to alter database '${name ?? ''}', the database does not exist, or the database is not in a state that allows access checks.`,
      ],
      failed,
    );
  if ((database.holder ?? 0) < 0 && jobIn(context, database) === undefined) database.holder = undefined;
  if (isHeldByOther(database, session))
    throw sqlErrors(
      [
        5064,
        `Changes to the state or options of database '${database.name}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.`,
      ],
      failed,
    );
  if (database.state === 'RESTORING')
    throw sqlErrors([5052, 'ALTER DATABASE is not permitted while a database is in the Restoring state.'], failed);
  await effect(database);
  reply.done();
}

/** The thread of a background update of statistics takes the single place, as the documentation of SINGLE_USER says. */
function jobIn({ server }: Context, { id }: Database): number | undefined {
  const job = server.statisticsJobs.find(({ databaseId, until }) => databaseId === id && until > Date.now());
  return job === undefined ? undefined : -job.id;
}

function isHeldByOther({ userAccess, holder }: Database, session: Session): boolean {
  return userAccess === 'SINGLE_USER' && holder !== undefined && holder !== session.id;
}

function rename(context: Context, database: Database, newName: string): void {
  const { server, session } = context;
  const other = findDatabase(server, newName);
  if (other && other !== database)
    throw sqlErrors([1801, `Database '${newName}' already exists. Choose a different database name.`]);
  const others = othersIn(context, database);
  if (others.length > 0 || (database.userAccess === 'SINGLE_USER' && isHeldByOther(database, session)))
    throw sqlErrors([5030, 'The database could not be exclusively locked to perform the operation.']);
  database.name = newName;
  inform(context, 5021, `The database name '${newName}' has been set.`);
}

type Access = Database['userAccess'] | 'ONLINE' | 'OFFLINE';

function readAccess(cursor: Cursor): Access | undefined {
  return (['SINGLE_USER', 'RESTRICTED_USER', 'MULTI_USER', 'ONLINE', 'OFFLINE'] as const).find((word) =>
    cursor.accept(word),
  );
}

function readTermination(cursor: Cursor): Termination {
  if (!cursor.accept('WITH')) return { kind: 'wait' };
  if (cursor.accept('NO_WAIT')) return { kind: 'no-wait' };
  cursor.expect('ROLLBACK');
  if (cursor.accept('IMMEDIATE')) return { kind: 'rollback', afterMs: 0 };
  cursor.expect('AFTER');
  const seconds = readInteger(cursor);
  cursor.accept('SECONDS');
  return { kind: 'rollback', afterMs: seconds * 1000 };
}

async function setAccess(
  context: Context,
  database: Database,
  access: Access,
  termination: Termination,
): Promise<void> {
  const { server, session } = context;
  if (database.isSystem) throw sqlErrors([5058, `Option '${access}' cannot be set in database '${database.name}'.`]);
  switch (access) {
    case 'SINGLE_USER':
      await emptyOut(context, database, termination, () => true);
      database.userAccess = access;
      database.holder = jobIn(context, database) ?? session.id;
      database.isHeldBySetter = true;
      return;
    case 'RESTRICTED_USER':
      await emptyOut(context, database, termination, (each) => !isQualified(each, database));
      database.userAccess = access;
      break;
    case 'OFFLINE':
      await emptyOut(context, database, termination, () => true);
      closeConnections(server, database);
      database.state = 'OFFLINE';
      break;
    case 'ONLINE':
      database.state = 'ONLINE';
      break;
    case 'MULTI_USER':
      database.userAccess = access;
  }
  database.holder = undefined;
  database.isHeldBySetter = false;
}

function isQualified(session: Session, database: Database): boolean {
  return isSysadmin(session.login) || session.login.roles.has('dbcreator') || isDbOwner(database, session.login);
}

function othersIn({ server, session }: Context, database: Database): readonly Session[] {
  return [...server.sessions.values()].filter((each) => each.id !== session.id && each.database === database);
}

/** Waits for other sessions to leave, refuses, or ends them, as the statement says. */
async function emptyOut(
  context: Context,
  database: Database,
  termination: Termination,
  isMeant: (session: Session) => boolean,
): Promise<void> {
  const remaining = () => othersIn(context, database).filter(isMeant);
  if (remaining().length === 0) return;
  const afterMs = termination.kind === 'rollback' ? termination.afterMs : Infinity;
  if (termination.kind === 'no-wait')
    throw sqlErrors(
      [5070, `Database state cannot be changed while other users are using the database '${database.name}'`],
      failed,
    );
  for (let waited = 0; waited < afterMs && remaining().length > 0; waited += 5) await pause(5, context.signal);
  const left = remaining();
  if (left.length === 0) return;
  const estimate = (percent: number) =>
    `Nonqualified transactions are being rolled back. Estimated rollback completion: ${percent}%.`;
  inform(context, 5060, estimate(0), 2);
  for (const other of left) killSession(other);
  inform(context, 5060, estimate(100), 1);
}
