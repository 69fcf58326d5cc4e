import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { randomUUID } from 'node:crypto';
import type { Context } from '../execute/context.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import type { Database } from '../state/databaseModel.ts';
import { mayAlterDatabase } from '../state/permissions.ts';
import { findDatabase } from '../state/sessions.ts';
import { terminating } from './devices.ts';
import { requireFeatures } from './editions.ts';
import { sayDone } from './restoreData.ts';

const fail = (number: ErrorNumber, message: string) => sqlErrors([number, message], terminating('RESTORE DATABASE'));
const newGuid = () => randomUUID().toUpperCase();

/** `RESTORE DATABASE x WITH RECOVERY`, without a backup. */
export function recoverNamed(context: Context, name: string, isRestricted: boolean): void {
  const { server, session } = context;
  const database = findDatabase(server, name);
  if (!database) throw fail(911, `Database '${name}' does not exist. Make sure that the name is entered correctly.`);
  if (!mayAlterDatabase(database, session.login))
    throw fail(3110, `User does not have permission to RESTORE database '${name}'.`);
  if (database.state !== 'RESTORING') throw fail(3153, 'The database is already fully recovered.');
  recover(context, database, isRestricted);
  sayDone(context, name, [], 'RESTORE DATABASE');
}

/** Opens a restored database: what was not committed is gone, and a new recovery fork begins. */
export function recover(
  { server, session }: Context,
  database: Database,
  isRestricted: boolean,
  broker?: 'NEW' | 'ENABLE',
): void {
  const { restoring } = database;
  if (!restoring) throw fail(4333, 'The database cannot be recovered because the log was not restored.');
  const { options } = database;
  requireFeatures(server, database);
  database.state = 'ONLINE';
  database.restoring = undefined;
  database.userAccess = isRestricted ? 'RESTRICTED_USER' : 'MULTI_USER';
  database.owner = session.login.name;
  database.guid = newGuid();
  // A restore does not break the chain of log backups: the next one begins with the log that was restored last, on its
  // fork, and ends on the new one.
  database.fork = { point: restoring.position, before: restoring.forkGuid };
  database.forkGuid = newGuid();
  database.position = restoring.position;
  database.log = restoring.applied.filter(({ position }) => position >= restoring.logFrom);
  database.logStart = options.recoveryModel === 'SIMPLE' ? undefined : Math.min(restoring.logFrom, restoring.position);
  database.differentialBase = undefined;
  for (const flag of ['is_trustworthy_on', 'is_db_chaining_on', 'is_cdc_enabled', 'is_published', 'is_subscribed'])
    options.flags[flag] = 0;
  options.flags['is_broker_enabled'] = broker === undefined ? 0 : 1;
  if (broker === 'NEW') options.brokerGuid = newGuid();
}
