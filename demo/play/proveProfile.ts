import type { Run } from '../../engine/contracts.ts';
import { openDatabase } from '../company/dialects/openDatabase.ts';
import { RELEASED_JOB, RETURNING, SERVICE_ACCOUNTS } from '../company/profiles.ts';
import { quoteText } from '../company/dialects/dialect.ts';
import type { Proof } from './proofs.ts';

/** Who is in, what runs and who may call, as the database itself has it, and that the card and its checklist say as much. */
export async function proveProfile(application: string, run: Run): Promise<Proof> {
  await using database = openDatabase(application);
  const column = async (sql: string) => (await database.run<{ readonly value: string }>(sql)).map(({ value }) => value);
  const enabled = await column(
    `SELECT "ID" AS "value" FROM "USERINFO" WHERE "ENABLE" = 1 AND "ID" NOT IN (${['Admin', ...SERVICE_ACCOUNTS].map(quoteText).join(', ')}) ORDER BY "ID"`,
  );
  const awake = await column(`SELECT "CAPTION" AS "value" FROM "BATCHJOB" WHERE "STATUS" <> 0`);
  const clients = await column(`SELECT "AADCLIENTID" AS "value" FROM "SYSAADCLIENTTABLE"`);
  const users = run.profile?.find(({ part }) => part === 'users');
  const left = users?.left ?? 0;
  // Whoever stayed out of an earlier refresh is not missed by a later one.
  const item = run.checklist.find(({ title }) => title === 'Enable the users who may work here');
  const isSaid = left === 0 ? item === undefined : item?.detail.includes(`${String(left)} users stay disabled`);
  return {
    sentence: `${String(enabled.length)} of the people of uat are in again (${enabled.join(', ')}), with ${awake.join(', ')} and ${clients.join(', ')}; ${String(left)} stayed out, and the checklist says so`,
    holds:
      enabled.join() === RETURNING.join() &&
      awake.join() === RELEASED_JOB &&
      clients.join() === 'uat-warehouse' &&
      users?.done === enabled.length &&
      isSaid === true,
  };
}
