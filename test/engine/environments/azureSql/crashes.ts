import { CompiledQuery } from 'kysely';
import { expect } from 'vitest';
import type { Instant } from '../../../../engine/contracts.ts';
import type { Action, ActOptions, Provider } from '../../../../engine/environments/provider.ts';
import type { AzureServer } from '../../../azure/model.ts';
import { writesToProduction as writesOn } from '../../../azure/recorder.ts';
import type { AzureFixture } from './fixture.ts';

/** Where a worker dies: at the nth request to Resource Manager, or the nth statement to a server, before it is taken or behind. */
export interface Point {
  readonly at: 'request' | 'source' | 'target';
  readonly nth: number;
  readonly when: 'before' | 'after';
}

export const REFRESH: readonly Action[] = ['restore', 'swap', 'open'];

/** One run on the world of a fixture, by one worker after another. */
export function aRun(fixture: AzureFixture, runId: string, at: Instant, takeFence: () => number) {
  const remembered: Record<string, string> = {};
  const log: string[] = [];
  return {
    remembered,
    log,
    /** @returns the actions that are still to be done, the one that failed first. */
    async attempt(actions: readonly Action[], provider: Provider, signal: AbortSignal): Promise<readonly Action[]> {
      const options: ActOptions = {
        ...{ source: fixture.source, at, remembered, progress: () => undefined, log: (text) => void log.push(text) },
        remember: async (key, value) => {
          signal.throwIfAborted();
          remembered[key] = value;
        },
      };
      const writer = provider.open(fixture.target, { runId, fence: takeFence(), signal }, fixture.source);
      for (const [index, action] of actions.entries()) {
        const outcome = await writer.act(action, options).then(
          () => undefined,
          (error: unknown) => error ?? new Error('failed'),
        );
        if (outcome !== undefined) {
          // It says what to do, unless it was the worker that died.
          if (!signal.aborted) expect(outcome).toMatchObject({ remedy: expect.any(String) as string });
          log.push(`${action}: ${outcome instanceof Error ? outcome.message : ''}`);
          return actions.slice(index);
        }
      }
      return [];
    },
  };
}

/** Ends a worker at a point: nothing of it is heard or sent any more. */
export function dieAt({ azure }: AzureFixture, { at, nth, when }: Point, worker: AbortController): { lift(): void } {
  const die = () => worker.abort(new Error('killed'));
  if (at === 'request') {
    azure.faults.add({ path: /./, nth, when, effect: { kind: 'run', run: die } });
    azure.faults.add({ path: /./, nth, when, effect: { kind: 'cut' } });
    return { lift: () => azure.faults.clear() };
  }
  const server: AzureServer = at === 'source' ? azure.production : azure.sandbox;
  const fault = server.sql.fault({
    ...{ match: /./s, nth, when },
    effect: {
      run(session) {
        if (session.programName === 'administer') return;
        die();
        session.cut();
        throw new Error('cut by a fault');
      },
    },
  });
  return { lift: () => fault.remove() };
}

const OLD = 'old rows';
const NEW = 'new rows';

/** Old, new, or new but closed: whatever answers under the target's name is whole, and nobody enters what was not opened. */
export async function proveWhole(fixture: AzureFixture, runId: string, isOpened: boolean): Promise<string> {
  const { provider, target, source } = fixture;
  const { target: found, isOpen } = await provider.observe(target, runId, source);
  if (found === 'none' || found === 'split') {
    expect(await fixture.canOrdinaryLogin('target')).toBe(false);
    return found;
  }
  const rows = await Promise.all(
    (['application', 'financialReporting'] as const).map((role) => rowsOf(fixture, role, runId)),
  );
  const whole = found === 'old' ? OLD : NEW;
  expect(rows).toEqual([whole, whole]);
  if (found === 'new' && !isOpened) {
    expect(isOpen).toBe(false);
    expect(await fixture.canOrdinaryLogin('target')).toBe(false);
  }
  return found;
}

async function rowsOf(
  { provider, target }: AzureFixture,
  role: 'application' | 'financialReporting',
  runId: string,
): Promise<string> {
  await using session = await provider.session(target, 'target', role, runId);
  const found = await session.select<{ n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
  const numbers = found.map(({ n }) => n).join(' ');
  return numbers === '-1' ? OLD : numbers === '1 2' ? NEW : `rows ${numbers}`;
}

/** What was sent that changes something and names production. */
export const writesToProduction = ({ azure }: AzureFixture): readonly string[] => writesOn(azure);

/** Everything beside production, the target and the fence. */
export const leftOn = ({ sql }: AzureServer): readonly string[] =>
  sql.state.databases.filter(({ isSystem, name }) => !isSystem && name.includes('__')).map(({ name }) => name);
