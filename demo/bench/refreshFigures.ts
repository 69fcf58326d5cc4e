import type { Demo } from '../startDemo.ts';
import { setDurable } from './durable.ts';
import { atMost, inSeconds, times, type Figure } from './figure.ts';
import type { Refreshes } from './refreshes.ts';
import { median } from './statistics.ts';
import { growTenfold } from './tenfold.ts';
import { watchAvailability } from './watchAvailability.ts';

export const ROUNDS = 5;
const WATCHED_ROUNDS = 3;
const DURABLE_ROUNDS = 3;
const LARGE_ROUNDS = 3;

/** Refreshes of uat: bare and whole, watched by a client, durable, and with a database ten times larger. */
export async function refreshFigures(
  demo: Demo,
  refreshes: Refreshes,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const at = demo.company.moments.find(({ name }) => name === 'before the mistake')?.at ?? '';
  const bares: number[] = [];
  const proveds: number[] = [];
  const wholes: Whole[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await refreshes.bare('uat', at);
    const proved = await refreshes.bare('uat', at, { isProved: true });
    const whole = await thereAndBack(refreshes, at);
    bares.push(bare);
    proveds.push(proved);
    wholes.push(whole);
    say(
      `round ${String(round + 1)}: bare ${inSeconds(bare)}, with proofs ${inSeconds(proved)}, whole ${inSeconds(whole.seconds)}`,
    );
  }
  const gaps: number[] = [];
  for (let round = 0; round < WATCHED_ROUNDS; round += 1) {
    const watch = watchAvailability(demo.company.uat.as.axruntimeuser.application);
    await thereAndBack(refreshes, at, async () => void gaps.push(await watch.end()));
  }
  await setDurable(demo, true);
  const durable = await several(DURABLE_ROUNDS, refreshes, at);
  await setDurable(demo, false);
  await growTenfold(demo, say);
  const grown = (await demo.company.workload.moment('grown')).at;
  await demo.company.workload.archiveNow();
  const large = await several(LARGE_ROUNDS, refreshes, grown);

  const of = (rounds: readonly Whole[], figure: keyof Whole) => median(rounds.map((round) => round[figure]));
  const [bare, switched, rollback] = [median(bares), of(wholes, 'switched'), of(wholes, 'rollback')];
  const proved = median(proveds);
  const differences = (some: readonly number[], less: readonly number[]) =>
    median(some.map((seconds, round) => seconds - (less[round] ?? Number.NaN)));
  const proofs = differences(proveds, bares);
  const overhead = differences(
    wholes.map(({ seconds }) => seconds),
    proveds,
  );
  const [durableSwitch, durableRollback] = [of(durable, 'switched'), of(durable, 'rollback')];
  const largeRollback = of(large, 'rollback');
  return [
    { what: 'Refresh of uat, bare', value: inSeconds(bare) },
    { what: 'Refresh of uat, bare, with all that a run proves', value: inSeconds(proved) },
    { what: 'Of it: the proofs', value: `${inSeconds(proofs)}, ${percent(proofs, bare)} of bare` },
    { what: 'Refresh of uat, whole runbook', value: inSeconds(of(wholes, 'seconds')) },
    {
      what: 'Orchestration overhead, beside bare with proofs',
      value: `${inSeconds(overhead)}, ${percent(overhead, proved)}`,
      goal: atMost(overhead, Math.max(1, proved * 0.02), '2 % or 1 s, whichever is larger'),
    },
    { what: 'Switch', value: inSeconds(switched), goal: atMost(switched, 2, '2 s') },
    {
      what: 'Switch, target with `fsync`',
      value: `${inSeconds(durableSwitch)}, ${times(durableSwitch / switched)}`,
      goal: atMost(durableSwitch, 2, '2 s'),
    },
    { what: 'Target out of reach for a client that asks every 10 ms', value: inSeconds(median(gaps)) },
    { what: 'Rollback', value: inSeconds(rollback), goal: atMost(rollback, 5, '5 s') },
    {
      what: 'Rollback, target with `fsync`',
      value: `${inSeconds(durableRollback)}, ${times(durableRollback / rollback)}`,
      goal: atMost(durableRollback, 5, '5 s'),
    },
    {
      what: 'Rollback, database ten times larger',
      value: `${inSeconds(largeRollback)}, ${times(largeRollback / rollback)}`,
      goal: atMost(largeRollback / rollback, 1.5, '1.5×'),
    },
  ];
}

const percent = (part: number, of: number): string => `${((part / of) * 100).toFixed(1)} %`;

/** Seconds of one refresh and of its rollback. */
interface Whole {
  readonly seconds: number;
  readonly switched: number;
  readonly rollback: number;
}

async function thereAndBack(refreshes: Refreshes, at: string, there = async () => {}): Promise<Whole> {
  const { run, seconds } = await refreshes.whole('uat', at);
  await there();
  return { seconds, switched: run.figures.switchSeconds ?? Number.NaN, rollback: await refreshes.rollBack(run) };
}

async function several(rounds: number, refreshes: Refreshes, at: string): Promise<readonly Whole[]> {
  const wholes: Whole[] = [];
  for (let round = 0; round < rounds; round += 1) wholes.push(await thereAndBack(refreshes, at));
  return wholes;
}
