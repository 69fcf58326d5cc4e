import { DATABASE_ROLES, type DatabaseRole, type Retirement, type Sandbox } from '../../contracts.ts';
import type { DatabaseToRead, Hold, Provider, ReadSession, Session, Side, Writer } from '../provider.ts';
import { createActs, strike, takeFence } from './acts.ts';
import { incoming, observe, previous } from './observe.ts';
import { type ModelDatabase, replay, sessionOf } from './server.ts';
import { historyOf, reach, surveyOf } from './source.ts';
import type { ModelState } from './state.ts';

export function openModelProvider(state: ModelState): Provider {
  const act = createActs(state);

  return {
    name: 'model',
    guarantees: {
      place: 'beside',
      swap: 'repairable',
      fence: 'per-statement',
      canStopRestore: true,
      progress: 'percent',
    },
    async survey(source) {
      strike(state, 'survey');
      return surveyOf(state, source);
    },
    async plan(source, target, at) {
      strike(state, 'plan');
      reach(state, source, at);
      return {
        sourceIdentity: `model:${source.name}`,
        targetIdentity: identityOf(target),
        at: { application: at, financialReporting: at },
        chain: [`full backup ${state.backedUpAt}`, `log backups to ${at}`],
        copies: lyingIn(state, target, 'incoming'),
        formers: lyingIn(state, target, 'previous'),
        restoreBytes: state.history.length * 1000,
      };
    },
    async observe(target, runId) {
      strike(state, 'observe');
      return observe(state, target, runId);
    },
    open,
    session,
    async measure(environment) {
      const { clock } = state;
      const identity = 'sources' in environment ? identityOf(environment) : `model:${environment.name}`;
      return { identity, sizeBytes: 1_000_000, freeBytes: 1_000_000_000, serverTime: clock.now() };
    },
    async reachers() {
      const administrators = { names: ['sa'], count: 1 };
      return { administrators, owners: { names: [], count: 0 }, isComplete: true };
    },
    commandVariables: ({ name, databases }, side, runId) => ({
      REWIND_SERVER: name,
      REWIND_PORT: '0',
      REWIND_APPLICATION_DATABASE: side === 'target' ? databases.application : incoming(databases.application, runId),
      REWIND_FINANCIAL_REPORTING_DATABASE:
        side === 'target' ? databases.financialReporting : incoming(databases.financialReporting, runId),
      REWIND_APPLICATION_URL: `model://${name}/${side}`,
    }),
    handbook: async ({ databases }, runId) => ({
      finish: DATABASE_ROLES.map((role) => `rename ${incoming(databases[role], runId)} to ${databases[role]}`),
      undo: DATABASE_ROLES.map((role) => `rename ${previous(databases[role], runId)} to ${databases[role]}`),
    }),
    close: async () => undefined,
  };

  /** A thousand bytes per statement of production. */
  function lyingIn({ history }: ModelState, target: Sandbox, as: 'incoming' | 'previous'): readonly Retirement[] {
    const { artefacts } = observe(state, target, '');
    // A name ends with the run that restored the copy, or replaced the former database.
    const lying = artefacts.flatMap(({ role, name }) =>
      role === as ? [{ runId: name.slice(name.indexOf(`__${as}_`) + as.length + 3), name }] : [],
    );
    return [...Map.groupBy(lying, ({ runId }) => runId)].map(([runId, members]) => ({
      ...{ runId, names: members.map(({ name }) => name), sizeBytes: members.length * history.length * 500 },
    }));
  }

  function identityOf(environment: Pick<Sandbox, 'name' | 'databases'>): string {
    const { name, databases } = environment;
    return `model:${state.serverOf(name).get(databases.application)?.id ?? ''}`;
  }

  function open(target: Sandbox, hold: Hold): Writer {
    const { runId, fence, signal } = hold;
    return {
      ...hold,
      async observe() {
        strike(state, 'observe');
        return observe(state, target, runId);
      },
      async act(action, options) {
        const note = (outcome: 'done' | 'failed') =>
          state.actions.push({ action, runId, target: target.name, fence, outcome });
        try {
          await act(action, { ...options, ...hold, target });
          note('done');
        } catch (error) {
          note('failed');
          throw error;
        }
      },
      async session(side, role) {
        strike(state, 'session');
        takeFence(state, target.name, fence);
        const opened = sessionOf(databaseUnder(target, side, role, runId));
        const allowed = () => {
          takeFence(state, target.name, fence);
          signal.throwIfAborted();
        };
        return {
          ...opened,
          async execute(query) {
            allowed();
            return opened.execute(query);
          },
          async executeTogether(queries) {
            allowed();
            return opened.executeTogether(queries);
          },
          async maintain(query) {
            allowed();
            return opened.maintain(query);
          },
        };
      },
      read: (side, role) => session(target, side, role, runId),
      async checkIntegrity() {
        strike(state, 'checkIntegrity');
        return 'the model is never damaged';
      },
    };
  }

  function databaseUnder({ name, databases }: Sandbox, side: Side, role: DatabaseRole, runId: string): ModelDatabase {
    const under = side === 'target' ? databases[role] : incoming(databases[role], runId);
    const database = state.serverOf(name).get(under);
    if (database === undefined || database.isRestoring) throw new Error(`There is no ${side} database ${under}`);
    return database;
  }

  async function session(...[environment, side, role, runId = '']: DatabaseToRead): Promise<ReadSession> {
    strike(state, 'session');
    if (side !== 'source') return readOnly(sessionOf(databaseUnder(environment, side, role, runId)));
    const copy = replay(historyOf(state, role, state.clock.now()));
    copy.rows.exec('PRAGMA query_only = ON');
    return readOnly(sessionOf(copy));
  }
}

function readOnly({ dialect, select, pour, [Symbol.asyncDispose]: dispose }: Session): ReadSession {
  return { dialect, select, pour, [Symbol.asyncDispose]: dispose };
}
