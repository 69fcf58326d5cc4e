import { expect, test } from 'vitest';
import { z } from 'zod';
import { reasonOf } from '../../engine/plainReasons.ts';

const schema = z.strictObject({
  choice: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
  text: z.string().min(1),
  code: z.string().min(3).max(5),
  list: z.array(z.string()).min(2),
  few: z.array(z.string()).max(1),
  count: z.number().int().min(2).max(3),
  form: z.string().regex(/^a$/),
  said: z.string().regex(/^a$/, 'is not an a'),
  either: z.union([z.string(), z.number()]),
  one: z.enum(['p', 'q']),
  byName: z.record(z.string().regex(/^A$/), z.string()),
});

const reasons = (document: unknown) => {
  const { error } = schema.safeParse(document);
  return Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), reasonOf(issue)]));
};

test('what is wrong with a file › is said in words for people, whatever it is', () => {
  const wrong = {
    ...{ choice: { kind: 'c' }, text: '', code: 'ab', list: ['x'], few: ['x', 'y'], count: 1, form: 'b', said: 'b' },
    ...{ either: true, one: 'r', byName: { b: 'x' }, extra: 1 },
  };
  expect(reasons(wrong)).toEqual({
    '': 'unknown key “extra”',
    'choice.kind': 'is none of a, b',
    text: 'is empty',
    code: 'has fewer than 3 characters',
    list: 'has fewer than 2 entries',
    few: 'has more than 1 entries',
    count: 'is under 2',
    form: 'is not written as it has to be',
    said: 'is not an a',
    either: 'is in none of the forms that are known here',
    one: 'is none of p, q',
    'byName.b': 'is not known here',
  });
  expect(reasons({ ...wrong, count: 2.5, list: 5, text: undefined, code: 'abcdef' })).toMatchObject({
    count: 'is not a whole number',
    list: 'is not a list',
    text: 'is missing',
    code: 'has more than 5 characters',
  });
  expect(reasons({ ...wrong, count: 4 })).toMatchObject({ count: 'is over 3' });
});
