import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TerminalError } from '../../../engine/errors.ts';
import { digestOf } from '../../../engine/journal/canonicalJson.ts';
import { digestOfRestore } from '../../../engine/planning/planBinding.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { readProject } from '../../docs/markdown.ts';
import { brokenPromises } from '../doubles/promises.ts';
import { address } from '../doubles/smallCompany.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House } from '../house.ts';

const HOUR = 3_600_000;

async function refreshed(house: House): Promise<string> {
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  return runId;
}

const formersOf = (house: House) => [
  ...new Set(Object.keys(house.databases()).flatMap((name) => /__previous_(.*)$/.exec(name)?.[1] ?? [])),
];

test('a plan › names the way back that it puts behind its run, until when that is promised and what it takes, and binds it', async () => {
  const house = aHouse();
  const first = await refreshed(house);
  const { previousKeptUntil: until = '' } = await house.run(first);
  const { plan } = await house.approvedRun();
  expect(plan?.binding).toMatchObject({ version: 3, earlier: [{ runId: first, until }] });
  expect(plan?.binding.retires).toBeUndefined();
  expect(plan?.formers).toEqual([
    {
      runId: first,
      names: [`axdb__previous_${first}`, `mrdb__previous_${first}`],
      sizeBytes: expect.any(Number) as number,
    },
  ]);
  expect(plan?.formers?.[0]?.sizeBytes).toBeGreaterThan(0);
  expect(plan && digestOf({ ...plan.binding, earlier: [] })).not.toBe(plan?.digest);
});

test('a chain of refreshes › keeps one earlier former database at most, names the one that goes, and goes back level by level', async () => {
  let most = 0;
  const house = aHouse({
    provider: withWriter((writer) => ({
      async act(action, context) {
        await writer.act(action, context);
        most = Math.max(most, Object.keys(house.databases()).length);
      },
    })),
  });
  const contents = [house.content()];
  const runs: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    runs.push(await refreshed(house));
    house.world.change('uat', 'application', address(100 + n));
    contents.push(house.content());
    expect(formersOf(house)).toEqual(runs.slice(-2));
  }
  // Two databases each: in use, a copy or the newest former ones, and one earlier.
  expect(most).toBe(6);
  expect(readProject('docs/operations.md')).toMatch(
    /at most two more environments lie there: the copy and one former database, after the switch the former database and at most one earlier/,
  );
  const [, second = '', third = '', fourth = ''] = runs;
  const { plan } = await house.run(fourth);
  expect(plan?.binding).toMatchObject({ retires: [second], earlier: [{ runId: third }] });
  expect(plan?.checks.find(({ name }) => name === 'retires-previous')).toMatchObject({
    outcome: 'warning',
    title: `Drops the former databases of ${second}`,
    detail: expect.stringContaining('No more than the newest way back is kept') as string,
  });
  expect((await house.journal.records(second)).at(-1)?.event).toBe('previous-retired');

  for (const [runId, level] of [
    [fourth, 3],
    [third, 2],
  ] as const) {
    await house.desk.rollBack(JONAS, runId);
    await house.proceed(runId);
    expect(house.content()).toEqual(contents[level]);
  }
  await expect(house.desk.rollBack(JONAS, second)).rejects.toMatchObject({ code: 'rollback-impossible' });
});

test('a way back behind a later run › lasts as long as it was promised, though the later one promises less by itself', async () => {
  const house = aHouse();
  const first = await refreshed(house);
  const { previousKeptUntil } = await house.run(first);
  const [sandbox] = house.parts.installation.sandboxes;
  if (sandbox) Object.assign(sandbox.policy, { keepPreviousMs: HOUR });
  const second = await refreshed(house);
  expect((await house.run(second)).previousKeptUntil).toBe(previousKeptUntil);
  await house.clock.advance(70 * HOUR);
  await house.housekeep();
  expect(formersOf(house)).toEqual([first, second]);
});

test('signing off › ends the way back behind it as well, and says so in its record', async () => {
  const house = aHouse();
  const [first, second] = [await refreshed(house), await refreshed(house)];
  await house.desk.signOff(MIRA, second);
  await house.housekeep();
  expect(formersOf(house)).toEqual([]);
  expect((await house.journal.records(first)).at(-1)?.event).toBe('previous-retired');
});

test('earlierWayBack: drop › gives the way back up in the plan, and its record says when it happened', async () => {
  const house = aHouse({ sandbox: { policy: { earlierWayBack: 'drop' } } });
  const first = await refreshed(house);
  const { plan, runId } = await house.approvedRun();
  expect(plan?.binding).toMatchObject({ retires: [first], earlier: [] });
  expect(plan?.checks[0]).toMatchObject({
    name: 'retires-previous',
    detail: expect.stringContaining('earlierWayBack: drop') as string,
  });
  expect(formersOf(house)).toEqual([first]);
  await house.proceed(runId);
  expect(formersOf(house)).toEqual([runId]);
  expect((await house.journal.records(first)).slice(-3).map(({ event }) => event)).toEqual([
    'previous-given-up',
    'previous-retired',
    'replaced',
  ]);
});

test('earlierWayBack: refuse › blocks the plan until somebody has signed off', async () => {
  const house = aHouse({ sandbox: { policy: { earlierWayBack: 'refuse' } } });
  const first = await refreshed(house);
  await expect(house.approvedRun()).rejects.toMatchObject({ code: 'plan-blocked' });
  const [latest] = await house.journal.runs({ target: 'uat' });
  expect(latest?.plan?.checks[0]).toMatchObject({
    ...{ name: 'earlier-way-back', outcome: 'blocked', remedy: `Sign ${first} off, or roll it back, then plan again.` },
  });
  await house.desk.signOff(MIRA, first);
  expect((await house.approvedRun()).plan?.binding.earlier).toEqual([]);
});

test('a way back that has ended before the run starts › is no drift; one that nobody has approved is', async () => {
  const house = aHouse();
  const first = await refreshed(house);
  const run = await house.approvedRun();
  const { plan } = run;
  if (!plan) throw new Error('no plan');
  const { earlier = [], ...binding } = plan.binding;
  const restore = { ...binding, retires: [], chain: plan.chain };
  const digest = (now: typeof earlier) =>
    digestOfRestore(house.parts, run, { ...restore, outlook: { earlier: now, drops: [], undecided: [] } });
  expect(digest([])).toBe(plan.digest);
  expect(digest(earlier)).toBe(plan.digest);
  expect(digest([{ runId: first, until: '2027-01-01T00:00:00.000Z' }])).not.toBe(plan.digest);
});

test('a plan of version 2 › keeps its digest beside ways back that it does not know, and drops none of them', async () => {
  const house = aHouse();
  const [, second] = [await refreshed(house), await refreshed(house)];
  const { plan, ...run } = await house.approvedRun();
  if (!plan) throw new Error('no plan');
  const { earlier, retires, ...known } = plan.binding;
  expect([earlier?.[0]?.runId, retires?.length]).toEqual([second, 1]);
  const binding = { ...known, version: 2 };
  const old = { ...run, plan: { ...plan, binding } };
  const outlook = { earlier: earlier ?? [], drops: plan.formers ?? [], undecided: [] };
  const restore = { ...known, retires: [], chain: plan.chain, outlook };
  expect(digestOfRestore(house.parts, old, restore)).toBe(digestOf(binding));
});

type Deed = 'refresh' | 'roll-back' | 'sign-off' | 'a day later';

test('random chains › go back to exactly what was there, keep two former databases at most, and end no promise unsaid', async () => {
  const deeds = fc.array(fc.constantFrom<Deed>('refresh', 'refresh', 'roll-back', 'sign-off', 'a day later'), {
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(deeds, async (history) => {
      const house = aHouse();
      const before = new Map<string, unknown>();
      const levels: (readonly [found: unknown, left: unknown])[] = [];
      let n = 200;
      for (const deed of history) {
        const present = (await house.journal.runs({ target: 'uat', states: ['completed', 'signed-off'] })).find(
          ({ generation, replacedBy }) => generation !== undefined && !replacedBy,
        );
        if (deed === 'refresh') {
          house.world.change('uat', 'application', address((n += 1)));
          const content = house.content();
          before.set(await refreshed(house), content);
        } else if (deed === 'a day later') await house.clock.advance(24 * HOUR);
        else if (present) {
          try {
            await (deed === 'roll-back' ? house.desk.rollBack : house.desk.signOff)(JONAS, present.runId);
          } catch (error) {
            if (error instanceof TerminalError) continue;
            throw error;
          }
          await house.proceed(present.runId);
          if (deed === 'roll-back') levels.push([house.content(), before.get(present.runId)]);
        }
        // As the reconciler does every few seconds.
        await house.housekeep();
        expect(formersOf(house).length).toBeLessThanOrEqual(2);
        expect(await brokenPromises(house)).toEqual([]);
      }
      expect(levels.map(([found]) => found)).toEqual(levels.map(([, left]) => left));
    }),
    { numRuns: 40 },
  );
});
