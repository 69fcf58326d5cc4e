import {
  DATABASE_ROLES,
  type DatabaseRole,
  type Instant,
  type Sandbox,
  type Source,
  type Survey,
} from '../../contracts.ts';
import { FencedError, RecoveryPointUnreachableError } from '../errors.ts';
import { CopyMissingError } from '../postgres/errors.ts';
import type { ActContext, Artefact, Provider, ReadSession, Session, World } from '../provider.ts';
import { type ModelDatabase, replay, sessionOf } from './server.ts';
import type { ModelState } from './world.ts';

const ms = (instant: Instant) => Date.parse(instant);
const incoming = (name: string, runId: string) => `${name}__incoming_${runId}`;
const previous = (name: string, runId: string) => `${name}__previous_${runId}`;

export function openModelProvider(state: ModelState): Provider {
  function strike(at: string, when: 'before' | 'after' = 'before') {
    const index = state.faults.findIndex((fault) => fault.at === at && (fault.when ?? 'before') === when);
    if (index < 0) return;
    const [fault] = state.faults.splice(index, 1);
    throw fault?.error ?? new Error(`The worker dies ${when} ${at}`);
  }

  function survey(source: string, retentionDays: number): Survey {
    const last = state.history.at(-1)?.at ?? state.backedUpAt;
    const earliest = Math.max(ms(state.backedUpAt), ms(state.clock.now()) - retentionDays * 86_400_000);
    const ends = [...state.gaps.map((gap) => gap.from), new Date(ms(last) - 1).toISOString()];
    const starts = [new Date(earliest).toISOString(), ...state.gaps.map((gap) => gap.to)];
    const windows = starts.map((from, index) => ({ from, to: ends[index] ?? from }));
    return {
      source,
      measuredAt: state.clock.now(),
      windows: windows.filter(({ from, to }) => ms(from) <= ms(to)),
      gaps: state.gaps,
      precisionMs: 1,
    };
  }

  /** @throws RecoveryPointUnreachableError */
  function reach(name: string, retentionDays: number, at: Instant): void {
    const { windows, gaps, measuredAt } = survey(name, retentionDays);
    if (windows.some(({ from, to }) => ms(from) <= ms(at) && ms(at) <= ms(to))) return;
    const gap = gaps.find(({ from, to }) => ms(from) <= ms(at) && ms(at) <= ms(to));
    const before = windows.findLast(({ to }) => ms(to) < ms(at))?.to;
    const after = windows.find(({ from }) => ms(from) > ms(at))?.from;
    const why = ms(at) > ms(measuredAt) ? 'that moment lies in the future' : (gap?.reason ?? 'no log backup covers it');
    throw new RecoveryPointUnreachableError(
      name,
      at,
      why,
      [before, after].filter((one) => one !== undefined),
    );
  }

  const hasDone = (statements: ModelState['history'], role: DatabaseRole, until: Instant) =>
    statements.filter((one) => one.role === role && ms(one.at) <= ms(until)).map(({ statement }) => statement);

  function observe({ name, databases }: Sandbox, runId: string): World {
    const server = state.serverOf(name);
    const standing = DATABASE_ROLES.map((role) => server.get(databases[role]));
    const kinds = new Set(standing.map((one) => (one === undefined ? 'none' : one.runId === runId ? 'new' : 'old')));
    const [kind = 'none'] = kinds;
    return {
      target: kinds.size === 1 ? kind : 'split',
      isOpen: standing.every((one) => one?.isOpen),
      artefacts: [...server].map(([artefact, database]) => ({
        role: artefact.includes('__incoming_') ? 'incoming' : artefact.includes('__previous_') ? 'previous' : 'target',
        name: artefact,
        runId: database.runId,
        state: stateOf(artefact, database),
      })),
    };
  }

  /** Runs one sub-operation of an act: fence, stop and faults are looked at in front of each. */
  function subOperations(action: string, { target, fence, signal, log }: ActContext) {
    let n = 0;
    return (what: string, change: () => void) => {
      n += 1;
      const seen = state.fences.get(target.name) ?? 0;
      if (fence < seen) throw new FencedError(target.name, fence, seen);
      state.fences.set(target.name, fence);
      signal.throwIfAborted();
      log(what);
      strike(`${action}:${String(n)}`);
      change();
      strike(`${action}:${String(n)}`, 'after');
    };
  }

  type Do = ReturnType<typeof subOperations>;

  const acts: Readonly<Record<Parameters<Provider['act']>[0], (context: ActContext, perform: Do) => Promise<void>>> = {
    async restore({ source, target, runId, at, remember, progress }, perform) {
      const server = state.serverOf(target.name);
      perform('Looks for the chain', () => undefined);
      if (observe(target, runId).target === 'new') return;
      await remember('chain', 'full');
      for (const [index, role] of DATABASE_ROLES.entries()) {
        const name = incoming(target.databases[role], runId);
        if (server.get(name)?.isRestoring === false) continue;
        reach(source.name, source.retentionDays, at);
        const mark = { runId, isOpen: false, isRestoring: true };
        perform(`Restores ${name}`, () => server.set(name, replay([], mark)));
        progress(index * 50, `${name} is restoring`);
        const restored = replay(hasDone(state.history, role, at), { ...mark, isRestoring: false });
        perform(`Recovers ${name}`, () => server.set(name, restored));
        progress((index + 1) * 50, `${name} is restored`);
      }
    },
    async swap({ target, runId }, perform) {
      const server = state.serverOf(target.name);
      const names = DATABASE_ROLES.map((role) => target.databases[role]);
      const isOurs = (name: string) => server.get(name)?.runId === runId;
      const isReady = (name: string) => isOurs(name) || server.get(incoming(name, runId))?.isRestoring === false;
      if (!names.every(isReady)) throw new CopyMissingError(target.name, runId, 'copy');
      for (const name of names.filter((one) => !isOurs(one))) {
        if (server.has(name)) perform(`Sets ${name} aside`, () => rename(server, name, previous(name, runId)));
        perform(`Names the copy ${name}`, () => rename(server, incoming(name, runId), name));
      }
      perform('Looks at the result', () => undefined);
    },
    async 'swap-back'({ target, runId }, perform) {
      const server = state.serverOf(target.name);
      const names = DATABASE_ROLES.map((role) => target.databases[role]);
      perform('Looks at the target', () => undefined);
      for (const name of names) {
        const [standing, before] = [server.get(name), server.has(previous(name, runId))];
        const isOurs = standing?.runId === runId;
        if ((isOurs && !before) || (standing !== undefined && !isOurs && before)) {
          throw new CopyMissingError(target.name, runId, 'previous database');
        }
      }
      for (const name of names.filter((one) => server.has(previous(one, runId)))) {
        if (server.has(name)) perform(`Sets the copy aside`, () => close(rename(server, name, incoming(name, runId))));
        perform(`Names the former database ${name}`, () => rename(server, previous(name, runId), name));
      }
    },
    async open({ target, runId }, perform) {
      for (const role of DATABASE_ROLES) {
        const standing = state.serverOf(target.name).get(target.databases[role]);
        perform(`Opens ${target.databases[role]}`, () => {
          if (standing?.runId === runId) standing.isOpen = true;
        });
      }
    },
    'drop-incoming': async (context, perform) => drop(context, incoming, perform),
    'drop-previous': async (context, perform) => drop(context, previous, perform),
  };

  async function drop({ target, runId }: ActContext, nameOf: typeof incoming, perform: Do): Promise<void> {
    for (const role of DATABASE_ROLES) {
      const name = nameOf(target.databases[role], runId);
      perform(`Drops ${name}`, () => void state.serverOf(target.name).delete(name));
    }
  }

  return {
    name: 'model',
    guarantees: { swap: 'repairable', fence: 'per-statement', canStopRestore: true, progress: 'percent' },
    async survey(source) {
      strike('survey');
      return survey(source.name, source.retentionDays);
    },
    async plan(source, target, at) {
      strike('plan');
      reach(source.name, source.retentionDays, at);
      return {
        sourceIdentity: `model:${source.name}`,
        targetIdentity: identityOf(target),
        at: { application: at, financialReporting: at },
        chain: [`full backup ${state.backedUpAt}`, `log backups to ${at}`],
        restoreBytes: state.history.length * 1000,
      };
    },
    async observe(target, runId) {
      strike('observe');
      return observe(target, runId);
    },
    async act(action, context) {
      const { runId, target, fence } = context;
      const note = (outcome: 'done' | 'failed') =>
        state.actions.push({ action, runId, target: target.name, fence, outcome });
      try {
        await acts[action](context, subOperations(action, context));
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
      strike('checkIntegrity');
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
    handbook: ({ databases }, runId) => ({
      finish: DATABASE_ROLES.map((role) => `rename ${incoming(databases[role], runId)} to ${databases[role]}`),
      undo: DATABASE_ROLES.map((role) => `rename ${previous(databases[role], runId)} to ${databases[role]}`),
    }),
    close: async () => undefined,
  };

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
    strike('session');
    if (side === 'source') {
      const copy = replay(hasDone(state.history, role, state.clock.now()));
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

function stateOf(name: string, { isRestoring, isOpen }: ModelDatabase): Artefact['state'] {
  if (isRestoring) return 'restoring';
  return isOpen && !name.includes('__') ? 'open' : 'closed';
}

function rename(server: Map<string, ModelDatabase>, from: string, to: string): ModelDatabase {
  const database = server.get(from);
  if (database === undefined || server.has(to)) throw new Error(`${from} cannot become ${to}`);
  server.delete(from);
  server.set(to, database);
  return database;
}

function close(database: ModelDatabase): void {
  database.isOpen = false;
}
