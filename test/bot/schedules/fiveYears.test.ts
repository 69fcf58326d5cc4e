import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { isLongRun } from '../../longRun.ts';
import { liveWith } from './fiveYears.ts';

const FROM = '2026-01-01T00:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ZONES = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Europe/London', 'Europe/Dublin', 'Europe/Lisbon'],
  ...['Europe/Istanbul', 'Africa/Casablanca', 'America/Los_Angeles', 'America/Sao_Paulo', 'America/Santiago'],
  ...['America/St_Johns', 'America/Havana', 'Asia/Tehran', 'Asia/Kolkata', 'Asia/Beirut', 'Australia/Sydney'],
  ...['Pacific/Chatham', 'Pacific/Auckland', 'UTC'],
];
const years = isLongRun ? 5 : 1;
const lives = (isLongRun ? ZONES : ZONES.slice(0, 2)).map((zone, n) => ({
  ...{ zone, seed: 2026 + n, from: FROM, years },
  // Among them times that the clock skips and shows twice.
  time: ['02:30', '22:00', '02:00', '00:00'][n % 4] ?? '22:00',
}));

/** Every Sunday, the first instant at which the wall of the zone shows that time; where it never does, when it has jumped past it. */
function expected(zone: string, time: string, until: number): readonly string[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  const wall = (at: number) => format.format(at).replace(',', '');
  const found: string[] = [];
  for (let week = Date.parse('2026-01-04T00:00:00.000Z'); week < until + DAY; week += 7 * DAY) {
    const quarters = Array.from({ length: 53 * 4 }, (_, n) => week - 14 * HOUR + n * (HOUR / 4));
    const first = quarters.find((at) => wall(at) === `Sun ${time}`);
    const after = quarters.find((at) => wall(at).startsWith('Sun') && wall(at).slice(4) > time);
    const at = first ?? after;
    if (at !== undefined) found.push(new Date(at).toISOString());
  }
  return found;
}

test.for(lives)('$years years of Sundays $time in $zone › none is missed, doubled or shifted', async (life) => {
  const { runs, away, deaths } = await liveWith(life);
  const until = Date.parse(FROM) + life.years * 365.25 * DAY - DAY;
  const startOf = ({ scheduled }: Run) => scheduled?.at ?? '';
  const over = runs.filter((run) => Date.parse(startOf(run)) < until);
  // Each has its run, one, in order, at its time by another clock than the code's.
  expect(over.map(startOf)).toEqual(expected(life.zone, life.time, until).filter((at) => Date.parse(at) < until));
  const told = (some: readonly Run[]) => some.map((run) => [startOf(run), run.startedAt, run.state, run.ending?.why]);
  const begun = over.filter(({ startedAt }) => startedAt !== undefined);
  const lateMs = (run: Run) => Date.parse(run.startedAt ?? '') - Date.parse(startOf(run));
  expect(told(begun.filter((run) => lateMs(run) < 0 || lateMs(run) > 2 * HOUR))).toEqual([]);
  expect(told(begun.filter(({ state }) => state !== 'completed'))).toEqual([]);
  // What did not come about was skipped, and only where nobody was there around its asking or its start.
  const isExcused = (run: Run) =>
    away.some(
      ([left, back]) =>
        Date.parse(left) < Date.parse(startOf(run)) + 3 * HOUR && Date.parse(back) > Date.parse(startOf(run)) - 5 * DAY,
    );
  const notBegun = over.filter(({ startedAt }) => startedAt === undefined);
  expect(told(notBegun.filter((run) => run.ending?.how !== 'skipped' || !isExcused(run)))).toEqual([]);
  expect(begun.length).toBeGreaterThan(over.length / 2);
  expect(deaths).toBeGreaterThan(10 * life.years);
});
