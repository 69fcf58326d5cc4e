import type { JournalAccess } from '../access.ts';
import type { JournalProfiles } from '../besideRuns.ts';

export function sqlProfiles(access: JournalAccess): JournalProfiles {
  return {
    keepProfileList: (runId, { kind, text, until }) =>
      access.change(runId, async (change) => {
        await change.deleteFrom('profile_list').where('run_id', '=', runId).where('kind', '=', kind).execute();
        await change.insertInto('profile_list').values({ run_id: runId, kind, text, until_at: until }).execute();
      }),

    profileList: (runId, kind) =>
      access.read(async (db) => {
        const lists = db.selectFrom('profile_list').select('text');
        return (await lists.where('run_id', '=', runId).where('kind', '=', kind).executeTakeFirst())?.text;
      }),

    dropProfileLists: (at) =>
      access.change('The lists of profiles', async (change) => {
        await change.deleteFrom('profile_list').where('until_at', '<=', at).execute();
      }),
  };
}
