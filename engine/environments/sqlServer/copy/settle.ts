import type { DatabaseRole } from '../../../contracts.ts';
import type { Act } from '../act.ts';
import { findDatabase, listDatabases } from '../databases.ts';
import { CopyAbsentError } from '../errors.ts';
import { settleEncryption } from './encryption.ts';
import { isServerError, isStatementRefused, type ServerError } from '../../../databases/sqlServer/faults.ts';
import { describeLead, findLeadsOutside } from '../plan/leadsOutside.ts';
import { namesOf } from '../names.ts';
import { type KeptOptions, readKeptOptions } from './keptOptions.ts';
import { findChanges } from './optionChanges.ts';
import type { ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import { setOption, setOwner } from '../statements/options.ts';

/** What a backup brings along from production and the copy must have as the target has it, each with its reason. */
export async function settleCopy(act: Act, facts: ServerFacts, role: DatabaseRole): Promise<void> {
  const { connection, target, runId } = act;
  const names = namesOf(target.databases[role], runId);
  const databases = await listDatabases(connection);
  const [former, copy] = [findDatabase(databases, names.target), findDatabase(databases, names.incoming)];
  if (copy === undefined) throw new CopyAbsentError(names.target, runId, `${names.incoming} is gone`);
  const changes = await findChanges(connection, former, copy);
  const done = new Set<string>();
  const kept = former === undefined ? undefined : await readKeptOptions(connection, former, copy);
  for (const { option, reason, ifRefused } of [...changes, ...(kept?.changes ?? [])]) {
    const statement = typeof option === 'string' ? option : setOption(copy.name, option);
    try {
      await act.change([statement], { doing: `settling ${copy.name} (${reason})` });
      done.add(reason);
    } catch (error) {
      if (ifRefused === undefined || !isRefused(error, typeof option === 'string')) throw error;
      act.log(`${copy.name}: ${ifRefused} (SQL Server error ${String(error.number)})`);
    }
  }
  act.log(`${copy.name}: ${[...done].join('; ')}`);
  if (kept !== undefined) await nameNotKept(act, role, names.target, kept);
  await settleEncryption(act, copy);
  await ownCopy(act, copy.name, facts);
  await nameLeadsOutside(act, role, copy.name);
}

/** A matter of comfort is no reason to try again: a lock that it needs and does not get is a no as well. */
const isRefused = (error: unknown, isComfort: boolean): error is ServerError =>
  isStatementRefused(error) || (isComfort && isServerError(error, 'database-in-use', 'database-busy'));

/** An administrator decides; what Rewind has no word for is none of its business. */
async function nameNotKept(
  act: Act,
  role: DatabaseRole,
  target: string,
  { neverOn, unknown }: KeptOptions,
): Promise<void> {
  for (const option of neverOn)
    act.log(`${target}: the target has ${option} ON; the new one has it OFF, and Rewind never switches it on`);
  if (unknown.length > 0)
    act.log(`${target}: differs from production in what Rewind does not set, and stays so: ${unknown.join(', ')}`);
  const summary =
    neverOn.length === 0 ? '' : `${target}: ${neverOn.join(' and ')} ${neverOn.length === 1 ? 'was' : 'were'} ON`;
  const key = `not-kept-${role}`;
  if ((act.remembered[key] ?? '') !== summary) await act.remember(key, summary);
}

/**
 * RESTORE makes the service the owner in master; inside the database `dbo` is still production's (33009 later on).
 * Not worth a failure: the rights of the owner in master are enough for everything that follows.
 */
async function ownCopy(act: Act, copy: string, { login }: ServerFacts): Promise<void> {
  try {
    await act.change([setOwner(copy, login)], { doing: `owning ${copy}` });
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
    act.log(`${copy}: its dbo could not be made ${login} (SQL Server error ${String(error.number)})`);
  }
}

/**
 * Came along with production and still leads to where it led there; the sanitization knows rows, not objects. Named in the
 * log and for the administrator's checklist, never touched: what they are for, nobody here can know.
 */
async function nameLeadsOutside(act: Act, role: DatabaseRole, copy: string): Promise<void> {
  const leads = (await findLeadsOutside(act.connection, copy, act.target)).map(describeLead);
  for (const lead of leads) act.log(`${copy}: ${lead} leads to where it leads in production`);
  const more = leads.length > MOST_LEADS ? ` and ${String(leads.length - MOST_LEADS)} more, in the log` : '';
  const summary = leads.length === 0 ? '' : `${leads.slice(0, MOST_LEADS).join(', ')}${more}`;
  const key = `leads-outside-${role}`;
  if ((act.remembered[key] ?? '') !== summary) await act.remember(key, summary);
}

const MOST_LEADS = 5;
