import { expect, test } from 'vitest';
import { readMoment } from '../../bot/moments/readMoment.ts';
import { meaningOf } from '../bot/moments/meaning.ts';
import { codeOf, readProject, tableRows } from './markdown.ts';

const rows = tableRows(readProject('docs/moments.md')).map(([typed, meaning]) => [codeOf(typed) ?? '', meaning ?? '']);

test('the page on moments › has enough examples to be worth reading', () => {
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows)('the page on moments › says truly what “%s” means', (typed, meaning) => {
  const named = [{ name: 'month-end close', at: '2026-10-31T21:00:00.000Z' }];
  const reading = readMoment(typed, { now: '2026-11-30T09:00:00.000Z', zone: 'Europe/Berlin', named });
  expect(meaningOf(reading)).toBe(meaning);
});
