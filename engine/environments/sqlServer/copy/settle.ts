import type { Clock } from '../../../clock.ts';
import type { DatabaseRole } from '../../../contracts.ts';
import type { ActContext } from '../../provider.ts';
import { findDatabase, listDatabases } from '../databases.ts';
import { CopyAbsentError } from '../errors.ts';
import { settleEncryption } from './encryption.ts';
import { change, guardOf } from '../fence.ts';
import { isServerError, isStatementRefused, type ServerError } from '../../../databases/sqlServer/faults.ts';
import { describeLead, findLeadsOutside } from '../plan/leadsOutside.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { namesOf } from '../names.ts';
import { type KeptOptions, readKeptOptions } from './keptOptions.ts';
import { findChanges } from './optionChanges.ts';
import type { ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import { setOption, setOwner } from '../statements/options.ts';

/** What a backup brings along from production and the copy must have as the target has it, each with its reason. */
export async function settleCopy(
  { line, clock, facts }: { readonly line: Connection; readonly clock: Clock; readonly facts: ServerFacts },
  context: ActContext,
  role: DatabaseRole,
): Promise<void> {
  const { target, runId } = context;
  const names = namesOf(target.databases[role], runId);
  const databases = await listDatabases(line);
  const [former, copy] = [findDatabase(databases, names.target), findDatabase(databases, names.incoming)];
  if (copy === undefined) throw new CopyAbsentError(names.target, runId, `${names.incoming} is gone`);
  const changes = await findChanges(line, former, copy);
  const done = new Set<string>();
  const kept = former === undefined ? undefined : await readKeptOptions(line, former, copy);
  for (const { option, reason, ifRefused } of [...changes, ...(kept?.changes ?? [])]) {
    const statement = typeof option === 'string' ? option : setOption(copy.name, option);
    try {
      await change(line, guardOf(context), [statement], { doing: `settling ${copy.name} (${reason})` });
      done.add(reason);
    } catch (error) {
      if (ifRefused === undefined || !isRefused(error, typeof option === 'string')) throw error;
      context.log(`${copy.name}: ${ifRefused} (SQL Server error ${String(error.number)})`);
    }
  }
  context.log(`${copy.name}: ${[...done].join('; ')}`);
  if (kept !== undefined) await nameNotKept(context, role, names.target, kept);
  await settleEncryption(line, context, clock, copy);
  await ownCopy(line, context, copy.name, facts);
  await nameLeadsOutside(line, context, role, copy.name);
}

/** A matter of comfort is no reason to try again: a lock that it needs and does not get is a no as well. */
const isRefused = (error: unknown, isComfort: boolean): error is ServerError =>
  isStatementRefused(error) || (isComfort && isServerError(error, 'database-in-use', 'database-busy'));

/** An administrator decides; what Rewind has no word for is none of its business. */
async function nameNotKept(
  context: ActContext,
  role: DatabaseRole,
  target: string,
  { neverOn, unknown }: KeptOptions,
): Promise<void> {
  for (const option of neverOn)
    context.log(`${target}: the target has ${option} ON; the new one has it OFF, and Rewind never switches it on`);
  if (unknown.length > 0)
    context.log(`${target}: differs from production in what Rewind does not set, and stays so: ${unknown.join(', ')}`);
  const summary =
    neverOn.length === 0 ? '' : `${target}: ${neverOn.join(' and ')} ${neverOn.length === 1 ? 'was' : 'were'} ON`;
  const key = `not-kept-${role}`;
  if ((context.remembered[key] ?? '') !== summary) await context.remember(key, summary);
}

/**
 * RESTORE makes the service the owner in master; inside the database `dbo` is still production's (33009 later on).
 * Not worth a failure: the rights of the owner in master are enough for everything that follows.
 */
async function ownCopy(line: Connection, context: ActContext, copy: string, { login }: ServerFacts): Promise<void> {
  try {
    await change(line, guardOf(context), [setOwner(copy, login)], { doing: `owning ${copy}` });
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
    context.log(`${copy}: its dbo could not be made ${login} (SQL Server error ${String(error.number)})`);
  }
}

/**
 * Came along with production and still leads to production's world; the sanitization knows rows, not objects. Named in the
 * log and for the administrator's checklist, never touched: what they are for, nobody here can know.
 */
async function nameLeadsOutside(
  line: Connection,
  context: ActContext,
  role: DatabaseRole,
  copy: string,
): Promise<void> {
  const leads = (await findLeadsOutside(line, copy, context.target)).map(describeLead);
  for (const lead of leads) context.log(`${copy}: ${lead} leads to where it leads in production`);
  const more = leads.length > MOST_LEADS ? ` and ${String(leads.length - MOST_LEADS)} more, in the log` : '';
  const summary = leads.length === 0 ? '' : `${leads.slice(0, MOST_LEADS).join(', ')}${more}`;
  const key = `leads-outside-${role}`;
  if ((context.remembered[key] ?? '') !== summary) await context.remember(key, summary);
}

const MOST_LEADS = 5;
