import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PackInvalidError } from '../../../engine/sanitization/errors.ts';
import { hashPacks } from '../../../engine/sanitization/pack/hashPacks.ts';
import { openLibrary } from '../../../engine/sanitization/pack/packLibrary.ts';
import { describePackProblem } from '../../../engine/sanitization/pack/packProblems.ts';
import { rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { readPackDocuments } from '../../../env/packs.ts';
import { ConfigurationError } from '../../../env/problems.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The library of a folder with these files, read as a worker reads them. */
function libraryOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-packs-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.yaml`), text);
  return openLibrary(readPackDocuments([folder]));
}

const aPack = (name: string, head: string, ...rules: readonly string[]) =>
  [
    `name: ${name}`,
    'title: Ours',
    ...(head === '' ? [] : [head]),
    'elements:',
    `  - { id: ${name}-element, title: Notes, source: Policy 7, disposition: cleared, reason: Personal., rules: [`,
    ...rules.map((rule) => `    { ${rule} },`),
    '    ] }',
    '',
  ].join('\n');

const wipe = (id: string, more = '') =>
  `id: ${id}, table: ${id.toUpperCase()}, action: delete-rows, offending: any-row${more}`;

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof PackInvalidError) return error.problems.map(describePackProblem);
    throw error;
  }
  return [];
}

function messageOf(read: () => unknown): string {
  try {
    read();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('a pack in a file › is refused by line, rule and what to write instead', () => {
  const { unusable } = libraryOf({
    ours: aPack(
      'ours',
      '',
      wipe('notes'),
      'id: names, table: T, action: mask, columns: { NAME: shuffle }, offending: [{ column: NAME, notMasked: person }]',
      'id: short, table: T, action: mask, columns: { CODE: { token: 3 } }, offending: [{ column: CODE, isNotEmpty: true }]',
      'id: bare, table: T, action: sql, statements: { mssql: "DELETE FROM T" }',
      wipe('where', ', schema: my-schema'),
    ),
  });

  expect(unusable.flatMap(({ problems }) => problems.map(describePackProblem))).toMatchInlineSnapshot(`
    [
      "line 6, rule names, elements[0].rules[1].columns.NAME: is none of token, person, company, street, city, phone, email, iban, tax-number, { token: 8 to 64 }, { person: first }, { person: last } and { email: a domain in small letters }",
      "line 7, rule short, elements[0].rules[2].columns.CODE.token: is under 8",
      "line 8, rule bare, elements[0].rules[3].offending: is neither any-row nor a list of conditions (say which rows must not be there: [{ column: CARDNUMBER, isNotEmpty: true }])",
      "line 8, rule bare, elements[0].rules[3].statements.mssql: does not name its table as {table}",
      "line 9, rule where, elements[0].rules[4].schema: is not a name in upper case, as Finance & Operations has it in the database (write, for example, AX; DBO is that of Finance & Operations itself)",
    ]
  `);
});

test.each([
  [
    'aliases that unfold to billions of nodes',
    [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(
        (name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`,
      ),
    ].join('\n'),
    'has aliases (*name) that unfold to more than a file may hold',
  ],
  ['levels without end', 'a: ' + '['.repeat(100_000) + ']'.repeat(100_000), 'is nested too deeply'],
  ['brackets that nobody closes', '['.repeat(300), 'must'],
  ['more text than a person writes', `# ${'x'.repeat(1_000_000)}`, 'is longer than 1,000,000 characters'],
])('a pack of %s › is refused at once', (_what, text, reason) => {
  const reading = () => libraryOf({ bomb: text });

  expect(reading).toThrow(ConfigurationError);
  expect(reading).toThrow(reason);
  expect(messageOf(reading).length).toBeLessThan(10_000);
});

test('a pack › extends several, in their order, and hashes as its file says', () => {
  const files = {
    first: aPack('first', '', wipe('a')),
    second: aPack('second', '', wipe('b')),
    ours: aPack('ours', 'extends: [second, first]', wipe('c')),
  };

  const selected = libraryOf(files).select(['ours']);

  expect(selected.map(({ name }) => name)).toEqual(['second', 'first', 'ours']);
  expect(hashPacks(selected)).not.toBe(hashPacks(libraryOf(files).select(['first', 'second', 'ours'])));
});

test('a pack › drops and replaces rules of those it extends, also through others', () => {
  const library = libraryOf({
    base: aPack('base', '', wipe('a'), wipe('b'), wipe('c')),
    between: aPack('between', 'extends: base', wipe('d')),
    ours: aPack(
      'ours',
      'extends: [between]\ndrops: [{ rule: a, reason: We need them. }, { rule: d, reason: And them. }]',
      wipe('b', ', replaces: true, where: [{ column: X, equals: 1 }]'),
    ),
  });

  const selected = library.select(['ours']);

  expect(rulesOf(selected).map(({ id, where }) => [id, where !== undefined])).toEqual([
    ['c', false],
    ['b', true],
  ]);
  // What is not carried out stands on no plan.
  expect(selected.map(({ name, elements }) => [name, elements.length])).toEqual([
    ['base', 1],
    ['between', 0],
    ['ours', 1],
  ]);
  expect(hashPacks(selected.slice(0, 1))).not.toBe(hashPacks(library.select(['base'])));
});

test('a pack › drops and replaces nothing that is not there, and nothing twice', () => {
  const library = libraryOf({
    base: aPack('base', '', wipe('a'), wipe('b')),
    other: aPack('other', '', wipe('o')),
    ours: aPack(
      'ours',
      'extends: base\ndrops: [{ rule: gone, reason: No. }, { rule: o, reason: No. }]',
      wipe('z', ', replaces: true'),
    ),
    first: aPack('first', 'extends: base\ndrops: [{ rule: a, reason: No. }]', wipe('f')),
    second: aPack('second', 'extends: base', wipe('a', ', replaces: true')),
    alone: aPack('alone', 'drops: [{ rule: a, reason: No. }]', wipe('g')),
  });

  expect(problemsOf(() => library.select(['other', 'ours']))).toEqual([
    'pack ours, line 4, drops[0].rule: ours drops rule gone, which stands in no pack that it extends (rules stand in base)',
    'pack ours, line 4, drops[1].rule: ours drops rule o, which stands in no pack that it extends (rules stand in base)',
    'pack ours, line 7, rule z, elements[0].rules[0].id: ours replaces rule z, which stands in no pack that it extends (rules stand in base)',
  ]);
  expect(problemsOf(() => library.select(['first', 'second']))).toEqual([
    'pack second, line 6, rule a, elements[0].rules[0].id: rule a is dropped or replaced by first and by second (leave it to one of them)',
  ]);
  expect(problemsOf(() => library.select(['alone']))).toEqual([
    'pack alone, line 3, drops[0].rule: alone drops rule a, which stands in no pack that it extends (name the pack of the rule under extends)',
  ]);
});

test('two rules › that write one column of every row are refused, those that agree or say where are not', () => {
  const mask = (id: string, kind: string, more = '') =>
    `id: ${id}, table: T, action: mask, columns: { NAME: ${kind} }, offending: [{ column: NAME, notMasked: ${kind} }]${more}`;
  const blank =
    'id: blank, table: T, action: clear-columns, columns: [NAME], offending: [{ column: NAME, isNotEmpty: true }]';

  const problemsWith = (...rules: readonly string[]) =>
    problemsOf(() => libraryOf({ ours: aPack('ours', '', ...rules) }).select(['ours']));

  expect(problemsWith(mask('one', 'person'), mask('two', 'company'))).toEqual([
    'pack ours, line 6, rule two, elements[0].rules[1].id: rules one and two both write T.NAME of every row (say with where which rows each of them means, or drop one)',
  ]);
  expect(problemsWith(mask('one', 'person'), blank)).toHaveLength(1);
  expect(problemsWith(mask('one', 'person'), mask('two', 'company', ', schema: AX'))).toHaveLength(1);
  expect(problemsWith(mask('one', 'person', ', schema: DBO'), mask('two', 'company', ', schema: AX'))).toEqual([]);
  expect(problemsWith(mask('one', 'person'), mask('two', 'person'))).toEqual([]);
  expect(problemsWith(mask('one', 'person', ', where: [{ column: TYPE, equals: 1 }]'), blank)).toEqual([]);
});

test('a name that two files give themselves › is no name to choose', () => {
  const library = libraryOf({ a: aPack('same', '', wipe('a')), b: aPack('same', '', wipe('b')) });

  expect(problemsOf(() => library.select(['same']))).toEqual([
    'same is the name of two packs (give one of them another name)',
  ]);
});
