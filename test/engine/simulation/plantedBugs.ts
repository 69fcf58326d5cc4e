import type { ModelDatabase } from '../../../engine/environments/model/server.ts';
import { later } from '../../../engine/journal/desk.ts';
import type { Chore } from '../../../engine/journal/journal.ts';
import { withWriter } from '../doubles/withWriter.ts';
import type { PlantedBug } from './simulate.ts';

const THREE_DAYS = 3 * 86_400_000;

/** Mistakes that a careful author could make. Each has to be found, or "no violation" would say nothing. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a worker does not see that its sandbox is frozen',
    hasFreezes: true,
    journal: (journal) => ({
      ...journal,
      hold: async (target) => ({ ...(await journal.hold(target)), freeze: undefined }),
      async record(runId, event, by) {
        const { freeze } = await journal.hold('uat');
        if (!freeze) return journal.record(runId, event, by);
        await journal.liftFreeze('uat', freeze.by);
        try {
          return await journal.record(runId, event, by);
        } finally {
          await journal.freeze('uat', freeze);
        }
      },
    }),
  },
  {
    name: 'the server ignores the fence',
    provider: (provider) => ({
      ...provider,
      open: (target, hold, source) => provider.open(target, { ...hold, fence: Number.MAX_SAFE_INTEGER }, source),
    }),
  },
  {
    name: 'the journal takes records of a worker that has lost its lease',
    journal: (journal) => ({
      ...journal,
      record: (runId, event, { actor }) => journal.record(runId, event, { actor }),
    }),
  },
  {
    // Steps that are passed over do not lead there: without the report of this attempt the swap refuses.
    name: 'the databases are swapped before the copy is sanitized and proved',
    provider: withWriter((writer) => ({
      async act(action, options) {
        await writer.act(action, options);
        if (action === 'restore') await writer.act('swap', options);
      },
    })),
  },
  {
    name: 'the copy is left open',
    provider: (provider, world) =>
      withWriter((writer, target) => ({
        async act(action, options) {
          await writer.act(action, options);
          if (action !== 'restore') return;
          for (const [name, database] of world.databasesOf(target.name))
            // Read-only for those who are to leave it alone.
            if (name.includes('__incoming_')) (database as ModelDatabase).isOpen = true;
        },
      }))(provider),
  },
  {
    name: 'the previous databases are dropped three days early',
    journal: (journal) => ({
      ...journal,
      async chores(at) {
        const isDrop = ({ kind }: Chore) => kind === 'drop-previous';
        const [present, coming] = [await journal.chores(at), await journal.chores(later(at, THREE_DAYS))];
        return [...present.filter((chore) => !isDrop(chore)), ...coming.filter(isDrop)];
      },
    }),
  },
  {
    name: 'the swap is marked as done before it is',
    journal: (journal) => ({
      ...journal,
      async record(runId, event, by) {
        const run = await journal.record(runId, event, by);
        if (event.kind !== 'step-started' || event.step !== 'swap') return run;
        return journal.record(runId, { kind: 'step-done', step: 'swap', detail: '' }, by);
      },
    }),
  },
  {
    name: 'a failed run forgets its copy',
    shownFrom: 150,
    journal: (journal) => ({
      ...journal,
      record: (runId, event, by) =>
        journal.record(runId, event.kind === 'fail' ? { ...event, copyKeptUntil: undefined } : event, by),
    }),
  },
  {
    name: 'a rollback swaps one database back and reports success',
    provider: (provider, world) =>
      withWriter((writer) => ({
        async act(action, options) {
          if (action === 'swap-back') world.inject({ at: 'swap-back:4', error: new HalfDone() });
          await writer.act(action, options).catch((error: unknown) => {
            if (!(error instanceof HalfDone)) throw error;
          });
        },
      }))(provider),
  },
];

class HalfDone extends Error {}
