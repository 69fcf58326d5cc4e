import { DATABASE_ROLES } from '../../contracts.ts';
import { CopyMissingError, FencedError } from '../errors.ts';
import type { Action, ActContext } from '../provider.ts';
import { incoming, observe, previous } from './observe.ts';
import { type ModelDatabase, replay } from './server.ts';
import { historyOf, reach } from './source.ts';
import type { ModelState } from './state.ts';

/** Throws the fault that waits at this place, once. */
export function strike(state: ModelState, at: string, when: 'before' | 'after' = 'before') {
  const index = state.faults.findIndex((fault) => fault.at === at && (fault.when ?? 'before') === when);
  if (index < 0) return;
  const [fault] = state.faults.splice(index, 1);
  throw fault?.error ?? new Error(`The worker dies ${when} ${at}`);
}

type Acts = Readonly<Record<Action, (context: ActContext, perform: Perform) => Promise<void>>>;
type Perform = (what: string, change: () => void) => void;

export function createActs(state: ModelState): (action: Action, context: ActContext) => Promise<void> {
  const acts: Acts = {
    async restore({ source, target, runId, at, remember, progress }, perform) {
      const server = state.serverOf(target.name);
      perform('Looks for the chain', () => undefined);
      if (observe(state, target, runId).target === 'new') return;
      await remember('chain', 'full');
      for (const [index, role] of DATABASE_ROLES.entries()) {
        const name = incoming(target.databases[role], runId);
        if (server.get(name)?.isRestoring === false) continue;
        reach(state, source, at);
        const mark = { runId, isOpen: false, isRestoring: true };
        perform(`Restores ${name}`, () => server.set(name, replay([], mark)));
        progress(index * 50, `${name} is restoring`);
        const restored = replay(historyOf(state, role, at), { ...mark, isRestoring: false });
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

  async function drop({ target, runId }: ActContext, nameOf: typeof incoming, perform: Perform): Promise<void> {
    for (const role of DATABASE_ROLES) {
      const name = nameOf(target.databases[role], runId);
      perform(`Drops ${name}`, () => void state.serverOf(target.name).delete(name));
    }
  }

  return (action, context) => acts[action](context, subOperations(state, action, context));
}

/** Runs one sub-operation of an act: fence, stop and faults are looked at in front of each. */
function subOperations(state: ModelState, action: Action, { target, fence, signal, log }: ActContext): Perform {
  let n = 0;
  return (what: string, change: () => void) => {
    n += 1;
    takeFence(state, target.name, fence);
    signal.throwIfAborted();
    log(what);
    strike(state, `${action}:${String(n)}`);
    change();
    strike(state, `${action}:${String(n)}`, 'after');
  };
}

/** @throws FencedError for one that is smaller than the greatest that the target has seen. */
export function takeFence({ fences }: ModelState, target: string, fence: number): void {
  const seen = fences.get(target) ?? 0;
  if (fence < seen) throw new FencedError(target, fence, seen);
  fences.set(target, fence);
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
