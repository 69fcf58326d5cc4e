import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Plan, ProfilePart } from '../../engine/contracts.ts';
import { en } from '../../cards/words/en.ts';
import { describePlan } from '../../cli/describePlan.ts';
import { aRun } from '../builders.ts';
import { plan as aPlan } from './samples.ts';

const FOLDER = new URL('../../cards/words/en/', import.meta.url);
const SOURCE = readdirSync(FOLDER)
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'))
  .join('\n');
/** Parameters of the catalogue that are numbers: types are gone when it runs. */
const NUMBERS = new Set([...SOURCE.matchAll(/\b(\w+): number\b/g)].map(([, name]) => name));
/** `Line` of the profile's words. */
for (const name of ['done', 'left']) NUMBERS.add(name);
/** Which one of them: no number of things. */
const ORDINALS = new Set(['n', 'step', 'page', 'percent', 'status']);
const A_NAME = { md: 'Name', raw: 'Name', toString: () => 'Name' };

interface Said {
  readonly path: string;
  readonly text: string;
}

/** Every sentence of the catalogue that speaks of a number, with that number. */
function sentences(words: unknown, count: number, path = ''): readonly Said[] {
  if (typeof words === 'function') {
    const names = (/^\(?([^)=]*)\)?\s*=>/.exec(words.toString())?.[1] ?? '').split(',').map((name) => name.trim());
    if (!names.some((name) => NUMBERS.has(name) && !ORDINALS.has(name))) return [];
    const text = String(
      Reflect.apply(
        words,
        undefined,
        names.map((name) => (NUMBERS.has(name) ? count : A_NAME)),
      ),
    );
    return [{ path, text }];
  }
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, inner]) => sentences(inner, count, `${path}.${name}`));
}

/** Words that end in s and are no plural. */
const NO_PLURAL = 'is|has|was|does|goes|stays|looks|keeps|sends|this|its|as|waits|previous';
const ONE_OF_MANY = new RegExp(
  String.raw`\b1 (?:(?!(?:${NO_PLURAL}|of|more)\b)[a-z]+ )?(?!(?:${NO_PLURAL})\b)[a-z]+s\b`,
);
const ONE_AS_MANY = /\b1 (?:stay|are|were|have|go|look|keep|wait)\b/;
const MANY_AS_ONE =
  /\b[02] (?:more )?(?:row|user|role|batch job|application|endpoint|feature|value|picture|rule|check|warning|finding|sandbox|gap|backup|restore|day|person|schedule|condition|administrator|owner|kind)\b/;

const wrong = (text: string): boolean => ONE_OF_MANY.test(text) || ONE_AS_MANY.test(text) || MANY_AS_ONE.test(text);

test('the words of cards › say one thing, and two things, and none, with the word that fits the number', () => {
  const said = [0, 1, 2].flatMap((count) => sentences(en, count));
  expect(said.length).toBeGreaterThan(100);
  // Of one each has a sentence of its own.
  const never = new Set(['.choose.minutesAgo', '.exception.rows', '.scheduleForm.daysBefore']);
  expect(said.filter(({ path, text }) => !never.has(path) && wrong(text))).toEqual([]);
});

test('a plan in the terminal › counts what comes back with the word that fits the number', () => {
  const parts: readonly ProfilePart[] = ['users', 'roles', 'jobs', 'clients', 'endpoints', 'settings', 'features'];
  const texts = [0, 1, 2].map((count) => {
    const plan: Plan = {
      ...aPlan,
      chain: Array.from({ length: count }, () => 'a backup'),
      estimate: { kind: 'known', fromSeconds: 60, toSeconds: 120, unavailableSeconds: 5, runs: count },
      profile: parts.map((part) => ({ part, done: count, left: count })),
    };
    return describePlan(aRun(), plan);
  });
  expect(texts.filter(wrong)).toEqual([]);
});
