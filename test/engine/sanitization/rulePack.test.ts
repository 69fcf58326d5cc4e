import { expect, test } from 'vitest';
import { dataElements } from '../../../engine/sanitization/pack/dataElements.ts';
import { PackInvalidError } from '../../../engine/sanitization/errors.ts';
import { hashPacks } from '../../../engine/sanitization/pack/hashPacks.ts';
import { describePackProblem } from '../../../engine/sanitization/pack/packProblems.ts';
import { parsePack, rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../engine/sanitization/pack/selectPacks.ts';
import { lcs2020, lcs2023, shippedPack } from './packs.ts';

const aRule = { id: 'notes', table: 'CUSTNOTES', action: 'delete-rows', offending: 'any-row' };
const anElement = { id: 'notes', title: 'Notes', source: 'Policy 7', disposition: 'cleared', reason: 'Personal.' };
const aPack = (rules: readonly unknown[], more: object = {}) => ({
  name: 'contoso',
  title: 'Our own rules',
  elements: [{ ...anElement, rules }],
  ...more,
});

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof PackInvalidError) return error.problems.map(describePackProblem);
    throw error;
  }
  return [];
}

test('a rule pack › is refused with every problem at once, each at its place', () => {
  const pack = aPack([
    { ...aRule, table: 'CustNotes' },
    { ...aRule, id: 'b', where: [{ column: 'A', equals: 1, like: '%' }, { column: 'B' }] },
    { ...aRule, id: 'c', offending: undefined },
    { ...aRule, id: 'd', action: 'scramble' },
    { ...aRule, id: 'e', action: 'keep-rows' },
    { ...aRule, id: 'e', colour: 'red' },
    { id: 'f', table: 'T', action: 'set-columns', values: { A: 1.5 }, offending: [{ any: [{ column: 'A' }] }] },
  ]);

  expect(problemsOf(() => parsePack({ ...pack, name: 'Contoso' }, 'contoso.yaml'))).toMatchInlineSnapshot(`
    [
      "name: is not in kebab-case (write, for example, contoso)",
      "rule notes, elements[0].rules[0].table: is not a name in upper case, as Finance & Operations has it in the database (write, for example, CUSTTABLE)",
      "rule b, elements[0].rules[1].where[0]: a condition says exactly one of equals, in, notIn, like, isNotNull, isNotEmpty, notMasked, differs; this one: equals, like (write a list of conditions: [{ column: TYPE, equals: 2 }])",
      "rule b, elements[0].rules[1].where[1]: a condition says exactly one of equals, in, notIn, like, isNotNull, isNotEmpty, notMasked, differs; this one: nothing (write a list of conditions: [{ column: TYPE, equals: 2 }])",
      "rule c, elements[0].rules[2].offending: is neither any-row nor a list of conditions (say which rows must not be there: [{ column: CARDNUMBER, isNotEmpty: true }])",
      "rule d, elements[0].rules[3].action: is none of delete-rows, set-columns, clear-columns, keep-rows, keep-columns, mask, sql",
      "rule e, elements[0].rules[5]: unknown key “colour” (remove it, or correct its name)",
      "rule f, elements[0].rules[6].offending[0].any[0]: a condition says exactly one of equals, in, notIn, like, isNotNull, isNotEmpty, notMasked, differs; this one: nothing",
      "rule f, elements[0].rules[6].offending[0].any: has fewer than 2 entries",
      "rule f, elements[0].rules[6].values.A: is none of text, a whole number, null, { administrator: … } and { from: … }",
    ]
  `);
});

test('a rule pack › must not use an id twice, nor keep data in an element that says cleared', () => {
  const pack = aPack([aRule, aRule, { ...aRule, id: 'kept', action: 'keep-rows' }]);

  expect(problemsOf(() => parsePack(pack, 'contoso.yaml'))).toEqual([
    'rule kept, elements[0].rules[2].action: keep-rows keeps data of the target, but the element says cleared (write disposition: kept-from-target)',
    'rule notes, elements[0].rules[1].id: rule notes stands here twice (give one of them another id)',
  ]);
});

test('a rule pack › cannot be a list, a text or empty', () => {
  for (const document of [[], 'rules', null, {}]) {
    expect(() => parsePack(document, 'contoso.yaml')).toThrow(PackInvalidError);
  }
});

test('a rule pack › refuses names that are more than a name', () => {
  for (const table of ['A"B', 'A]B', 'A;DROP', 'A B', 'dbo.A', 'Ä', `A${'B'.repeat(128)}`, '']) {
    expect(problemsOf(() => parsePack(aPack([{ ...aRule, table }]), 'contoso.yaml'))).toHaveLength(1);
  }
});

test('selected packs › stand after the ones they extend, none twice', () => {
  const available = [shippedPack('lcs-2023'), shippedPack('lcs-2020'), parsePack(aPack([aRule]), 'contoso.yaml')];

  const names = (selection: readonly string[]) => selectPacks(selection, available).map(({ name }) => name);

  expect(names(['lcs-2023'])).toEqual(['lcs-2020', 'lcs-2023']);
  expect(names(['contoso', 'lcs-2023', 'lcs-2020'])).toEqual(['contoso', 'lcs-2020', 'lcs-2023']);
});

test('selected packs › are refused when unknown, circular, none, or with an id in two of them', () => {
  const a = parsePack(aPack([aRule], { name: 'a', extends: 'b' }), 'a.yaml');
  const b = parsePack(aPack([aRule], { name: 'b', extends: 'a' }), 'b.yaml');
  const c = parsePack(aPack([aRule], { name: 'c' }), 'c.yaml');
  const d = parsePack(aPack([aRule], { name: 'd' }), 'd.yaml');

  expect(problemsOf(() => selectPacks(['gone'], [c]))).toEqual(['gone is not among the packs (c)']);
  expect(problemsOf(() => selectPacks(['a'], [a, b]))).toContain(
    'pack b, extends: packs extend each other in a circle: a → b → a',
  );
  expect(problemsOf(() => selectPacks([], [c]))).toEqual(['no pack is named, so nothing would be sanitized']);
  expect(problemsOf(() => selectPacks(['c', 'd'], [c, d]))).toEqual([
    'pack d, elements[0].id: element notes stands in c and in d (rename it, or say replaces: true at a rule)',
    'pack d, rule notes, elements[0].rules[0].id: rule notes stands in c and in d (rename it, or say replaces: true at a rule)',
  ]);
});

test('the hash of packs › changes with every word and with the order of rules, not with the order of keys', () => {
  const one = parsePack(aPack([aRule, { ...aRule, id: 'b' }]), 'x');
  const sameInOtherWords = parsePack(JSON.parse(JSON.stringify(aPack([{ ...aRule }, { ...aRule, id: 'b' }]))), 'x');
  const turned = parsePack(aPack([Object.fromEntries(Object.entries(aRule).toReversed()), { ...aRule, id: 'b' }]), 'x');
  const others = [
    aPack([{ ...aRule, id: 'b' }, aRule]),
    aPack([aRule, { ...aRule, id: 'c' }]),
    aPack([aRule, { ...aRule, id: 'b' }], { title: 'Our rules' }),
  ].map((pack) => hashPacks([parsePack(pack, 'x')]));

  expect(hashPacks([one])).toMatch(/^[0-9a-f]{64}$/);
  expect(hashPacks([sameInOtherWords])).toBe(hashPacks([one]));
  expect(hashPacks([turned])).toBe(hashPacks([one]));
  const elsewhere = { ...one, lines: new Map([['anything', 12]]) };
  expect(hashPacks([elsewhere])).toBe(hashPacks([one]));
  expect(new Set([hashPacks([one]), ...others]).size).toBe(4);
  expect(hashPacks(lcs2020)).not.toBe(hashPacks(lcs2023));
});

test('the hash of a pack › that says nothing of later keys is what it has always been', () => {
  const rules = [
    {
      ...aRule,
      table: 'A',
      where: [
        { column: 'B', in: [1, 2] },
        {
          any: [
            { column: 'C', like: '%' },
            { column: 'D', isNotNull: true },
          ],
        },
      ],
    },
    {
      id: 'set',
      table: 'A',
      action: 'set-columns',
      values: { B: null, C: { administrator: 'signIn' } },
      offending: [{ column: 'C', differs: 'x' }],
    },
    {
      id: 'clear',
      table: 'A',
      action: 'clear-columns',
      columns: ['D'],
      withoutTriggers: true,
      offending: [{ column: 'D', isNotEmpty: true }],
    },
  ];

  expect(hashPacks([parsePack(aPack(rules, { extends: 'lcs-2020' }), 'x')])).toBe(
    '7276e3c6e90d277e9b9e7ae9fc028e823d7527794c0fa583a6aab602f5f2adbc',
  );
});

test('data elements › show on the plan what is cleared and what is kept, with tables and reasons', () => {
  const { cleared, keptFromTarget } = dataElements(lcs2020);

  expect(cleared.map(({ title }) => title)).toEqual([
    'Email addresses',
    'Batch job history',
    'SMTP relay server',
    'Print management settings',
    'Sessions of production’s servers and clients',
    'Document attachments and overwritten Office templates',
    'All users except Admin and service accounts are disabled',
    'All batch jobs are set to Withhold',
    'Partition of every user is reset to the initial one',
    'Encrypted fields',
  ]);
  expect(keptFromTarget.map(({ title, tables }) => [title, ...tables])).toEqual([
    [
      'Servers, batch servers and network printers',
      'SYSSERVERCONFIG',
      'SYSCORPNETPRINTERS',
      'BATCHSERVERCONFIG',
      'BATCHSERVERGROUP',
    ],
    ['System Administrator account (Admin)', 'USERINFO'],
    ['Tenant of the environment', 'SYSSERVICECONFIGURATIONSETTING', 'POWERBICONFIG', 'PROVISIONINGMESSAGETABLE'],
  ]);
  expect([...cleared, ...keptFromTarget].filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test('the shipped packs › never leave a database that is not of Finance & Operations unnoticed', () => {
  const mandatory = rulesOf(lcs2020).filter(({ whenAbsent }) => whenAbsent === 'fail');

  expect([...new Set(mandatory.map(({ table }) => table))].toSorted()).toEqual([
    ...['BATCHJOB', 'BATCHSERVERCONFIG', 'BATCHSERVERGROUP', 'SYSCLIENTSESSIONS'],
    ...['SYSCORPNETPRINTERS', 'SYSSERVERCONFIG', 'SYSSERVERSESSIONS', 'USERINFO'],
  ]);
});
