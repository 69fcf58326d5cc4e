import { expect, test } from 'vitest';
import { pickedMoment, typedMoment } from '../../../bot/moments/momentOf.ts';
import { aSurvey, NOW } from '../builders.ts';

const context = { now: NOW, zone: 'Europe/Berlin' };
const typed = (text: string, survey = aSurvey()) => typedMoment(text, survey, context);

test('a moment › latest is the end of the last window', () => {
  expect(typed('latest')).toEqual({ kind: 'at', at: '2026-11-23T09:57:12.000Z' });
});

test('a moment › inside a window can be planned, its ends included', () => {
  expect(typed('2026-11-20 18:00')).toEqual({ kind: 'at', at: '2026-11-20T17:00:00.000Z' });
  expect(typed('2026-11-05T01:10:00Z')).toEqual({ kind: 'at', at: '2026-11-05T01:10:00.000Z' });
});

test('a moment › in a gap is refused with its reason and the two nearest', () => {
  expect(typed('2026-11-06 12:00')).toEqual({
    kind: 'refused',
    message:
      '2026-11-06T11:00:00.000Z lies in a gap from 2026-11-05T01:10:00.000Z to 2026-11-07T03:00:00.000Z (a log backup is missing)',
    remedy: 'Nearest: 2026-11-05T01:10:00.000Z or 2026-11-07T03:00:00.000Z.',
    nearest: ['2026-11-05T01:10:00.000Z', '2026-11-07T03:00:00.000Z'],
  });
});

test('a moment › before the first and after the last reachable one is refused with the nearest', () => {
  expect(typed('2026-10-01 12:00 UTC')).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('lies before the first'),
    remedy: 'Nearest: 2026-10-24T10:00:00.000Z.',
  });
  expect(typed('1m ago')).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('lies after the last'),
    remedy: 'Nearest: 2026-11-23T09:57:12.000Z.',
  });
});

test('a day without a time › is refused where nothing of it can be reached, before anybody is asked for the time', () => {
  expect(typed('1 Oct')).toEqual({
    kind: 'refused',
    message: 'Nothing of Thursday, 1 October 2026 can be reached',
    remedy: 'Nearest: 2026-10-24T10:00:00.000Z.',
    nearest: ['2026-10-24T10:00:00.000Z'],
  });
  expect(typed('6 Nov')).toMatchObject({ message: 'Nothing of Friday, 6 November 2026 can be reached' });
  // Some of it can: from ten o’clock on, by UTC.
  expect(typed('24 Oct')).toMatchObject({ message: 'At what time on Saturday, 24 October 2026?' });
  expect(typed('20 Nov')).toMatchObject({ message: 'At what time on Friday, 20 November 2026?' });
});

test('a moment › is read without what is only polite, and a name may hold such words', () => {
  for (const text of ['to latest please', 'bitte auf latest', 'the latest, please'])
    expect([text, typed(text)]).toEqual([text, { kind: 'at', at: '2026-11-23T09:57:12.000Z' }]);
  expect(typed('please 20 Nov 18:00')).toEqual(typed('20 Nov 18:00'));
  const named = [{ name: 'before the mistake', at: '2026-11-20T17:00:00.000Z' }];
  for (const text of ['before the mistake', 'to before the mistake please'])
    expect(typedMoment(text, aSurvey(), { ...context, named })).toEqual({ kind: 'at', at: named[0]?.at });
});

test('a moment › of the future is refused as such', () => {
  expect(typed('2026-11-23 12:00')).toMatchObject({ kind: 'refused', message: 'That moment is still to come' });
});

test('a moment › that the clock showed twice is a question', () => {
  expect(typed('2026-10-25 02:30')).toEqual({
    kind: 'which',
    instants: ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
  });
});

test('a moment › that the clock showed twice is no question where it cannot be reached', () => {
  const survey = aSurvey({ windows: [{ from: '2026-11-01T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' }], gaps: [] });
  expect(typed('2026-10-25 02:30', survey)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('lies before'),
  });
});

test('a moment › of a source that was never measured is refused', () => {
  expect(typedMoment('latest', undefined, context)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('not known yet'),
  });
  expect(typedMoment('2h ago', aSurvey({ windows: [] }), context)).toMatchObject({ kind: 'refused' });
});

test('a moment › picked on a card is refused with words where the clocks go forward', () => {
  expect(pickedMoment({ date: '2026-03-29', time: '02:30', zone: 'Europe/Berlin' }, aSurvey(), context)).toEqual({
    kind: 'no-moment',
    message: 'There was no 2026-03-29 02:30 in Europe/Berlin: the clocks went forward',
    remedy: 'Type 2026-03-29 03:00 Europe/Berlin, or a time before the change.',
  });
});
