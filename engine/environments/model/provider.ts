import { DATABASE_ROLES, type DatabaseRole, type Retirement, type Sandbox, type Source } from '../../contracts.ts';
import type { Provider, ReadSession, Session } from '../provider.ts';
import { createActs, strike } from './acts.ts';
import { incoming, observe, previous } from './observe.ts';
import { replay, sessionOf } from './server.ts';
import { historyOf, reach, surveyOf } from './source.ts';
import type { ModelState } from './state.ts';

export function openModelProvider(state: ModelState): Provider {
  const act = createActs(state);

  return {
    name: 'model',
    guarantees: { swap: 'repairable', fence: 'per-statement', canStopRestore: true, progress: 'percent' },
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
        copies: copiesIn(state, target),
        restoreBytes: state.history.length * 1000,
      };
    },
    async observe(target, runId) {
      strike(state, 'observe');
      return observe(state, target, runId);
    },
    async act(action, context) {
      const { runId, target, fence } = context;
      const note = (outcome: 'done' | 'failed') =>
        state.actions.push({ action, runId, target: target.name, fence, outcome });
      try {
        await act(action, context);
        note('done');
      } catch (error) {
        note('failed');
        throw error;
      }
    },
    session,
    async measure(environment) {
      const { clock } = state;
      const identity = 'sources' in environment ? identityOf(environment) : `model:${environment.name}`;
      return { identity, sizeBytes: 1_000_000, freeBytes: 1_000_000_000, serverTime: clock.now() };
    },
    async checkIntegrity() {
      strike(state, 'checkIntegrity');
      return 'the model is never damaged';
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
  function copiesIn({ history }: ModelState, target: Sandbox): readonly Retirement[] {
    const { artefacts } = observe(state, target, '');
    const lying = artefacts.flatMap(({ role, runId, name }) =>
      role === 'incoming' && runId !== undefined ? [{ runId, name }] : [],
    );
    return [...Map.groupBy(lying, ({ runId }) => runId)].map(([runId, members]) => ({
      ...{ runId, names: members.map(({ name }) => name), sizeBytes: members.length * history.length * 500 },
    }));
  }

  function identityOf(environment: Pick<Sandbox, 'name' | 'databases'>): string {
    const { name, databases } = environment;
    return `model:${state.serverOf(name).get(databases.application)?.id ?? ''}`;
  }

  async function session(environment: Source, side: 'source', role: DatabaseRole): Promise<ReadSession>;
  async function session(
    environment: Sandbox,
    side: 'target' | 'incoming',
    role: DatabaseRole,
    runId?: string,
  ): Promise<Session>;
  async function session(
    environment: Source | Sandbox,
    side: 'source' | 'target' | 'incoming',
    role: DatabaseRole,
    runId = '',
  ): Promise<ReadSession | Session> {
    strike(state, 'session');
    if (side === 'source') {
      const copy = replay(historyOf(state, role, state.clock.now()));
      copy.rows.exec('PRAGMA query_only = ON');
      const { dialect, select, [Symbol.asyncDispose]: dispose } = sessionOf(copy);
      return { dialect, select, [Symbol.asyncDispose]: dispose };
    }
    const name = environment.databases[role];
    const database = state.serverOf(environment.name).get(side === 'target' ? name : incoming(name, runId));
    if (database === undefined || database.isRestoring) throw new Error(`There is no ${side} database ${name}`);
    return sessionOf(database);
  }
}
