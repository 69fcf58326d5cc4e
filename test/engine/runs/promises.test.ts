import { expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../engine/engine.ts';
import { MIRA } from '../../builders.ts';
import { brokenPromises } from '../doubles/promises.ts';
import { InjectedError } from '../doubles/troubles.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House } from '../house.ts';

const LEASE_MS = 60_000;

/** A worker that ends for good in front of its nth change: a record, an act, or one database of an act. */
function mortal(house: House, changes: number): { readonly engine: Engine; readonly death: Promise<'dead'> } {
  const { journal, provider } = house.parts;
  const { promise: death, resolve } = Promise.withResolvers<'dead'>();
  let left = changes;
  const isOver = () => (left -= 1) < 0;
  const dies = (): Promise<never> => {
    resolve('dead');
    return new Promise(() => undefined);
  };
  const engine = createEngine({
    ...house.parts,
    workerId: 'mortal',
    journal: { ...journal, record: (...change) => (isOver() ? dies() : journal.record(...change)) },
    provider: (name) =>
      withWriter((writer) => ({
        async act(action, options) {
          if (isOver()) return dies();
          const log = (line: string) => {
            if (isOver()) throw new Error('The worker ends here');
            options.log(line);
          };
          return writer.act(action, { ...options, log }).catch((error: unknown) => {
            if (left < 0) return dies();
            throw error;
          });
        },
      }))(provider(name)),
  });
  return { engine, death };
}

async function refreshed(house: House): Promise<string> {
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  return runId;
}

/** A refresh, and one that failed and has kept its copy for a retry: the next plan drops that copy and the way back. */
async function withMuchToDrop(): Promise<House> {
  const house = aHouse();
  await refreshed(house);
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(runId);
  const [sandbox] = house.parts.installation.sandboxes;
  if (sandbox) Object.assign(sandbox.policy, { earlierWayBack: 'drop' });
  return house;
}

test('a worker that ends anywhere in a refresh › leaves no run with a promise that is not kept, and housekeeping drops what was given up', async () => {
  const events = new Set<string>();
  for (let changes = 0; ; changes += 1) {
    const house = await withMuchToDrop();
    const { runId, plan } = await house.approvedRun();
    const [retired = ''] = plan?.binding.retires ?? [];
    const [failed = ''] = plan?.binding.dropsCopiesOf ?? [];
    const { engine, death } = mortal(house, changes);
    const lease = await house.journal.acquireLease('uat', 'mortal', LEASE_MS);
    if (!lease) throw new Error('The target is another worker’s');
    const work = engine.proceed(runId, { lease, signal: new AbortController().signal, progress: () => undefined });
    const end = await house.clock.runUntil(Promise.race([death, work]));
    expect({ changes, broken: await brokenPromises(house) }).toEqual({ changes, broken: [] });
    for (const one of [retired, failed]) events.add((await house.journal.records(one)).at(-1)?.event ?? '');
    if (end !== 'dead') break;
    await house.clock.advance(2 * LEASE_MS);
    await house.housekeep();
    expect({ changes, broken: await brokenPromises(house) }).toEqual({ changes, broken: [] });
    for (const [one, name] of [
      [retired, 'previous'],
      [failed, 'incoming'],
    ] as const) {
      const isGivenUp = (await house.journal.records(one)).some(({ event }) => event.endsWith('-given-up'));
      expect([changes, Object.keys(house.databases()).includes(`axdb__${name}_${one}`)]).toEqual([changes, !isGivenUp]);
    }
  }
  expect([...events]).toEqual(
    expect.arrayContaining(['previous-given-up', 'previous-retired', 'copy-given-up', 'copy-dropped']),
  );
});

test('housekeeping that ends anywhere behind a sign-off › does the same', async () => {
  for (let changes = 0; ; changes += 1) {
    const house = aHouse();
    await refreshed(house);
    await house.desk.signOff(MIRA, await refreshed(house));
    const { engine, death } = mortal(house, changes);
    const end = await Promise.race([death, engine.housekeep('uat')]);
    expect({ changes, broken: await brokenPromises(house) }).toEqual({ changes, broken: [] });
    if (end !== 'dead') break;
    await house.clock.advance(2 * LEASE_MS);
    await house.housekeep();
    expect(Object.keys(house.databases())).toEqual(['axdb', 'mrdb']);
  }
});
