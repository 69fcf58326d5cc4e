import { expect, test } from 'vitest';
import type { Survey } from '../../../engine/contracts.ts';
import { chooseCard } from '../../../cards/index.ts';
import { quickPicks } from '../../../cards/plan/quickPicks.ts';
import { readerOf } from '../../../cards/reader.ts';
import { recoveryStrip } from '../../../cards/plan/recoveryStrip.ts';
import { instantOf, wallClock } from '../../../cards/wallTime.ts';
import { NOW, survey } from '../samples.ts';
import { textOf } from '../walk.ts';

const berlin = readerOf({ now: NOW, zone: 'Europe/Berlin' });

test('the quick picks › are what people ask for, latest first, each with its absolute time', () => {
  const picks = quickPicks(berlin, survey, [{ title: 'Before the price list import', at: '2026-11-19T21:05:00.000Z' }]);
  expect(picks.map(({ title, at }) => `${at} ${title}`)).toEqual([
    '2026-11-22T20:12:30.000Z Latest possible · Sun, 22 Nov 2026, 21:12:30',
    '2026-11-22T19:40:00.000Z 1 hour ago · Sun, 22 Nov 2026, 20:40',
    '2026-11-21T23:00:00.000Z Start of today · Sun, 22 Nov 2026, 00:00',
    '2026-11-20T17:00:00.000Z End of the last business day · Fri, 20 Nov 2026, 18:00',
    '2026-11-19T21:05:00.000Z Before the price list import · Thu, 19 Nov 2026, 22:05',
    '2026-11-15T20:40:00.000Z 1 week ago · Sun, 15 Nov 2026, 21:40',
  ]);
});

test('the quick picks › leave out what lies in a gap or outside the window', () => {
  const narrow: Survey = {
    ...survey,
    windows: [{ from: '2026-11-22T19:50:00.000Z', to: '2026-11-22T20:12:30.000Z' }],
  };
  expect(quickPicks(berlin, narrow).map(({ at }) => at)).toEqual([
    '2026-11-22T20:12:30.000Z',
    '2026-11-22T20:10:00.000Z',
  ]);
  expect(quickPicks(berlin, { ...survey, windows: [] })).toEqual([]);
});

test('the quick picks › of a window of minutes are minutes', () => {
  const minutes: Survey = { ...survey, windows: [{ from: '2026-11-22T20:28:00.000Z', to: NOW }] };
  expect(quickPicks(berlin, minutes).map(({ title }) => title.split(' · ')[0])).toEqual([
    'Latest possible',
    '1 minute ago',
    '5 minutes ago',
  ]);
});

test('the choose card › speaks of gaps only where there are some', () => {
  const whole = { ...survey, windows: [{ from: '2026-11-15T00:00:00.000Z', to: NOW }], gaps: [] };
  const context = {
    ...{ now: NOW, zone: 'UTC', runId: 'R-1042', sandboxes: [] },
    sourceTitle: 'PROD',
    sourceZone: 'UTC',
  };
  expect(textOf(chooseCard({ ...context, survey: whole }))).not.toContain('gaps');
  expect(textOf(chooseCard({ ...context, survey }))).toContain('except the gaps above');
});

test('a moment that falls on a usual one › is offered once', () => {
  const at = '2026-11-21T23:00:00.000Z';
  const picks = quickPicks(berlin, survey, [{ title: 'Month-end close', at }]);
  expect(picks.filter((pick) => pick.at === at)).toHaveLength(1);
});

test('a wall time › is the right instant on both sides of a change of the clocks', () => {
  const at = (wall: string) => instantOf(Date.parse(`${wall}Z`), 'Europe/Berlin');
  expect(at('2026-03-29T00:00')).toBe('2026-03-28T23:00:00.000Z');
  expect(at('2026-03-29T18:00')).toBe('2026-03-29T16:00:00.000Z');
  expect(at('2026-03-29T02:30')).toBe(undefined);
  expect(at('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(new Date(wallClock('2026-10-25T01:30:00.000Z', 'Europe/Berlin')).toISOString()).toBe(
    '2026-10-25T02:30:00.000Z',
  );
});

test('the strip › shows windows and gaps in their order, no piece too narrow for its glyph', () => {
  expect(recoveryStrip(survey).map(({ glyph, weight }) => `${glyph}${weight}`)).toEqual(['✓41', '⚠️10', '✓52']);
});

test('the strip › is left out when there are too many pieces to tell apart', () => {
  const gaps = Array.from({ length: 9 }, (_, day) => ({
    from: `2026-11-1${day}T00:00:00.000Z`,
    to: `2026-11-1${day}T01:00:00.000Z`,
    reason: 'a log backup is missing',
  }));
  expect(recoveryStrip({ ...survey, gaps })).toEqual([]);
});
