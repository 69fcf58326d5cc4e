import { expect, test } from 'vitest';
import { readSearch } from '../../../bot/commands/readSearch.ts';
import { anInstallation, jonas, NOW } from '../builders.ts';

const { people } = anInstallation();
const context = { now: NOW, zone: 'Europe/Berlin', people, person: jonas };

test.each([
  ['', ''],
  ['failed', 'failed'],
  ['Fehlgeschlagen von mir', 'failed by me'],
  ['mine', 'by me'],
  ['by von Berg', 'by von Berg'],
  ['seit gestern', 'since 2026-11-21T23:00:00.000Z'],
  ['until yesterday', 'until 2026-11-22T23:00:00.000Z'],
  ['until today drafts', 'drafts until 2026-11-23T23:00:00.000Z'],
  ['since 22.11. 18 Uhr', 'since 2026-11-22T17:00:00.000Z'],
  ['since 25 Oct until 25 Oct', 'since 2026-10-24T22:00:00.000Z until 2026-10-25T23:00:00.000Z'],
])('what a list is narrowed to › “%s” is “%s”, and reads the same again', (typed, text) => {
  const read = readSearch(typed, context);
  expect(read.text).toBe(text);
  expect(readSearch(read.text, context)).toEqual(read);
});
