import type { Profile, ProfileLine } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import { speakExactly } from '../target/exactValues.ts';
import { isOnlyByName, planServices, planUsers } from './decideUsers.ts';
import { isSending } from './decideJobs.ts';
import type { PlannedList } from './list.ts';
import { planOwnRows } from './ownRows.ts';
import { readAccounts } from './readAccounts.ts';
import { keepsOf, planSettings } from './settings.ts';
import { obstaclesOfValues } from './writeValues.ts';

export interface PlannedProfile {
  readonly list: PlannedList;
  readonly lines: readonly ProfileLine[];
  /** Why the profile does not fit the sandbox. */
  readonly obstacles: readonly string[];
}

/**
 * What the sandbox itself gives to its profile right now. Changes nothing.
 * @throws ProfileDoesNotFitError when tables or columns are not there
 */
export async function planProfile(session: ReadSession, profile: Profile): Promise<PlannedProfile> {
  await speakExactly(session);
  const { clients = [], endpoints = [], jobs = [], values = [], users } = profile;
  const accounts = users === undefined ? [] : (await readAccounts(session)).accounts;
  const planned = users === undefined ? { users: [], left: [] } : planUsers(users, accounts);
  const { settings, obstacles } = await planSettings(session, profile);
  const list: PlannedList = {
    users: planned.users.map((each) => ({ ...each, grants: [...each.grants] })),
    services: planServices(accounts).map((each) => ({ ...each, grants: [...each.grants] })),
    clients: await planOwnRows(session, 'clients', clients),
    endpoints: await planOwnRows(session, 'endpoints', endpoints),
    settings,
  };
  const sending = jobs.filter((job) => isSending(job.class) || isSending(job.caption));
  const keeps = keepsOf(profile);
  const kept = (part: 'settings' | 'features' | 'banner') => {
    const own = new Set(keeps.filter((keep) => keep.part === part).map(({ n }) => n));
    return settings.filter(({ n }) => own.has(n)).length;
  };
  const grants = planned.users.flatMap((each) => each.grants.map((grant) => ({ id: each.id, grant })));
  const byName = grants.filter(({ id, grant }) => users !== undefined && isOnlyByName(users, id, grant)).length;
  const ofServices = list.services.flatMap((each) => each.grants).length;
  return {
    list,
    obstacles: [...obstacles, ...(await obstaclesOfValues(session, profile))],
    lines: lines([
      { part: 'users', done: planned.users.length, left: planned.left.length },
      { part: 'roles', done: grants.length - byName + ofServices, left: byName },
      { part: 'jobs', done: jobs.length - sending.length, left: sending.length },
      { part: 'clients', done: list.clients.length, left: clients.length - list.clients.length },
      { part: 'endpoints', done: list.endpoints.length, left: endpoints.length - list.endpoints.length },
      { part: 'settings', done: kept('settings'), left: 0 },
      { part: 'features', done: kept('features'), left: (profile.features ?? []).length - kept('features') },
      { part: 'values', done: values.length, left: 0 },
      { part: 'theme', done: profile.theme === undefined ? 0 : 1, left: 0 },
      { part: 'banner', done: kept('banner'), left: 0 },
    ]),
  };
}

const lines = (all: readonly ProfileLine[]): readonly ProfileLine[] => all.filter(({ done, left }) => done + left > 0);
