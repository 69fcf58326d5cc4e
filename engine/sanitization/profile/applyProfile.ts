import type { Profile, ProfileLine } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { restTables, wakeTables } from '../passes/rest/restTables.ts';
import { speakExactly } from '../target/exactValues.ts';
import { fold, isReserved, isService } from './accounts.ts';
import { decideUsers, planUsers, type UserDecision } from './decideUsers.ts';
import type { PlannedList } from './list.ts';
import type { ProductionNote } from './note.ts';
import type { OperatorsList } from './operatorsList.ts';
import { OWN_ROWS, writeOwnRows, type OwnPart } from './ownRows.ts';
import type { WrittenPart } from './part.ts';
import { readAccounts, USER_TABLES, type Directoried } from './readAccounts.ts';
import { openTables } from './rows.ts';
import { keepsOf, writeSettings } from './settings.ts';
import type { Remember } from './takeBack.ts';
import { enabledIn, jobsAtWork, writeJobs } from './writeJobs.ts';
import { writeUsers } from './writeUsers.ts';
import { writeTheme, writeValues } from './writeValues.ts';

export interface ProfileWork {
  /** The sandbox as it is in use now. */
  readonly living: ReadSession;
  /** Sanitized, with the settings that the packs keep of the sandbox. */
  readonly copy: Session;
  readonly profile: Profile;
  /** As it was approved. */
  readonly list: PlannedList;
  readonly note: ProductionNote;
  /** Whether nothing of people is left in the copy, without exception. */
  readonly isProved: boolean;
  readonly remember: Remember;
}

export interface AppliedProfile {
  readonly parts: readonly WrittenPart[];
  readonly operators: OperatorsList;
}

/** Brings the copy up as its people need it. Safe to repeat, once what an earlier attempt wrote was taken back. */
export async function applyProfile(work: ProfileWork): Promise<AppliedProfile> {
  const { living, copy, profile } = work;
  await speakExactly(living);
  await speakExactly(copy);
  const tables = await openTables(copy, tablesOf(profile));
  const places = [...tables.values()].map(({ scope: { schema, table } }) => ({ schema, table }));
  await restTables(copy, places);
  const result = await write(work);
  await wakeTables(copy, places);
  return result;
}

function tablesOf(profile: Profile): readonly string[] {
  return [
    ...USER_TABLES,
    ...['BATCHJOB', 'BATCH', 'SYSUSERINFO'],
    ...Object.values(OWN_ROWS).map(({ table }) => table),
    ...keepsOf(profile).map(({ table }) => table),
    ...(profile.values ?? []).map(({ table }) => table),
  ];
}

async function write(work: ProfileWork): Promise<AppliedProfile> {
  const { living, copy, profile, list, note, remember } = work;
  const parts: WrittenPart[] = [];
  for (const part of Object.keys(OWN_ROWS) as OwnPart[]) {
    const written = await writeOwnRows(work, part, profile, list[part], part === 'clients' ? note.clients : []);
    if (written !== undefined) parts.push(written);
  }
  for (const keep of keepsOf(profile)) parts.push(await writeSettings(work, keep, list.settings));
  const values = await writeValues(work, profile.values ?? []);
  if (values !== undefined) parts.push(values);
  if (profile.theme !== undefined) parts.push(await writeTheme(copy, profile.theme));

  let decision: UserDecision | undefined;
  let before: Directoried['accounts'] = [];
  if (profile.users !== undefined) {
    const [there, here] = [await readAccounts(living), await readAccounts(copy)];
    before = there.accounts;
    decision = decide(work, profile.users, there, here);
    const untouched = here.accounts.map(({ id }) => fold(id)).filter(isService);
    parts.push(...(await writeUsers({ living, copy, remember, there, here, decision, untouched })));
  }
  // Behind the users: a job runs as somebody who is enabled.
  const { jobs = [] } = profile;
  const released =
    jobs.length === 0 ? undefined : await writeJobs(copy, jobs, { running: note.jobs, enabled: await enabledIn(copy) });
  if (released !== undefined) parts.push(released);
  return {
    parts: parts.toSorted(byTable),
    operators: {
      enabledBefore: before.filter(({ id, isEnabled }) => isEnabled && !isReserved(id)).map(({ id }) => id),
      enabled: (decision?.enabled ?? []).map(({ id }) => id),
      left: [...(decision?.left ?? [])],
      withheld: [...(decision?.withheld ?? [])],
      jobsBefore: [...(await jobsAtWork(living))],
      released: (released?.decision.released ?? []).map(({ n, recId }) => ({ n, recId })),
      jobsLeft: [...(released?.decision.left ?? [])],
    },
  };
}

const byTable = (one: WrittenPart, other: WrittenPart): number => one.table.localeCompare(other.table, 'en');

function decide(
  { list, note, isProved }: ProfileWork,
  wanted: NonNullable<Profile['users']>,
  there: Directoried,
  here: Directoried,
): UserDecision {
  const names = Map.groupBy(here.roles, ({ role }) => role);
  const decision = decideUsers({
    ...{ wanted, planned: list.users, services: list.services, production: note.users, isProved },
    present: there.accounts,
    roles: new Set([...names].flatMap(([role, own]) => (own.length === 1 ? [role] : []))),
  });
  const planned = new Set(list.users.map(({ id }) => fold(id)));
  const now = planUsers(wanted, there.accounts);
  return {
    ...decision,
    left: [
      ...decision.left,
      ...now.left.filter(({ id }) => !planned.has(fold(id))),
      // Enabled since the plan, by whoever could.
      ...now.users
        .filter(({ id }) => !planned.has(fold(id)))
        .map(({ id }) => ({ id, why: 'another-since-the-plan' as const })),
    ],
  };
}

/** Whatever holds something that the profile wrote. */
export const tablesWritten = (parts: readonly WrittenPart[]): readonly string[] => [
  ...new Set(parts.flatMap(({ written }) => written.map(({ table }) => table))),
];

/** One line per part, in the order of the parts. */
export const linesOf = (parts: readonly WrittenPart[]): readonly ProfileLine[] =>
  parts.map(({ line }) => line).filter(({ done, left }) => done + left > 0);
