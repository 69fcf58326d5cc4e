import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { rewind } from './house.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-packs-'));
const installation = join(folder, 'installation');
mkdirSync(installation);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  vi.stubEnv('TEAMSFX_ENV', 'none');
  vi.stubEnv('REWIND_PACKS', installation);
});

const write = (path: string, ...lines: readonly string[]) => {
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const element = (id: string, ...rules: readonly string[]) => [
  'elements:',
  `  - { id: ${id}, title: Notes, source: Policy 7, disposition: cleared, reason: Personal., rules: [`,
  ...rules.map((rule) => `    { ${rule} },`),
  '    ] }',
];
const wipe = (id: string) => `id: ${id}, table: NOTES, action: delete-rows, offending: any-row`;
const file = (name: string, ...lines: readonly string[]) => write(join(folder, name), ...lines);
const ours = ['name: ours', 'title: Ours'];
write(join(installation, 'house.yaml'), 'name: house', 'title: House', ...element('house', wipe('house-notes')));

test('packs check › says how many rules a pack has, its own and with those it extends', async () => {
  const alone = file('alone.yaml', 'name: alone', 'title: Alone', ...element('a', wipe('a')));
  const heir = file('heir.yaml', ...ours, 'extends: house', ...element('a', wipe('a'), wipe('b')));
  expect(await rewind('packs', 'check', alone)).toMatchObject({ exitCode: 0, out: '✓ alone.yaml: ok, 1 rule' });
  expect((await rewind('packs', 'check', heir)).out).toBe('✓ heir.yaml: ok, 2 rules, 3 with those of house');
});

test('packs check › takes what a pack drops and replaces out of shipped packs and those of the installation', async () => {
  const shipped = file(
    'less.yaml',
    ...ours,
    'extends: [lcs-2020, house]',
    'drops: [{ rule: smtp-relay-server, reason: It is a test server. }]',
    ...element('a', `${wipe('house-notes')}, replaces: true`),
  );
  const { out, exitCode } = await rewind('packs', 'check', shipped);
  const whole = file('whole.yaml', ...ours, 'extends: [lcs-2020, house]', ...element('a', wipe('a')));
  const all = Number(/(\d+) with/.exec((await rewind('packs', 'check', whole)).out)?.[1]);
  expect({ out, exitCode }).toEqual({
    exitCode: 0,
    out: `✓ less.yaml: ok, 1 rule, ${String(all - 2)} with those of lcs-2020, house`,
  });
});

test('packs check › names every problem with its line, its rule and what to write', async () => {
  const wrong = file(
    'wrong.yaml',
    ...ours,
    ...element('a', 'id: Cards, table: notes, action: delete-rows', 'id: b, table: B, action: mask, columns: { N: x }'),
  );
  const { out, exitCode } = await rewind('packs', 'check', wrong);
  expect(exitCode).toBe(1);
  expect(out.split('\n')).toEqual([
    '✗ wrong.yaml: line 5, rule Cards, elements[0].rules[0].id: is not in kebab-case',
    '    → write, for example, loyalty-cards',
    '✗ wrong.yaml: line 5, rule Cards, elements[0].rules[0].table: is not a name in upper case, as Finance & Operations has it in the database',
    '    → write, for example, CUSTTABLE',
    '✗ wrong.yaml: line 5, rule Cards, elements[0].rules[0].offending: is neither any-row nor a list of conditions',
    '    → say which rows must not be there: [{ column: CARDNUMBER, isNotEmpty: true }]',
    expect.stringMatching(/^✗ wrong\.yaml: line 6, rule b, elements\[0\]\.rules\[1\]\.offending: /),
    expect.stringContaining('→'),
    expect.stringMatching(/^✗ wrong\.yaml: line 6, rule b, elements\[0\]\.rules\[1\]\.columns\.N: is none of token, /),
    expect.stringContaining('→'),
    '5 to correct',
  ]);
});

test.each([
  ['an unknown pack', ['extends: gone'], /line 3, extends: gone is not among the packs \(lcs-2020, /],
  [
    'a rule that no pack has',
    ['extends: house', 'drops: [{ rule: gone, reason: None. }]'],
    /line 4, drops\[0\]\.rule: ours drops rule gone, which stands in no pack that it extends\n {4}→ rules stand in house/,
  ],
  ['a circle', ['extends: ours'], /packs extend each other in a circle: ours → ours\n {4}→ \S/],
])('packs check › refuses %s', async (name, head, expected) => {
  const path = file(`${name.replaceAll(' ', '-')}.yaml`, ...ours, ...head, ...element('a', wipe('a')));
  const { out, exitCode } = await rewind('packs', 'check', path);
  expect(out).toMatch(expected);
  expect(exitCode).toBe(1);
});

test('packs check › says that a pack which is extended cannot be used itself', async () => {
  const broken = write(join(installation, 'broken.yaml'), 'name: broken');
  const heir = file('of-broken.yaml', ...ours, 'extends: broken', ...element('a', wipe('a')));
  const { out } = await rewind('packs', 'check', heir);
  rmSync(broken);
  expect(out).toContain('the pack in broken.yaml cannot be used itself: 1 to correct\n    → check that file first');
});

test('packs check › takes the file for the one of its name in the folder, so that a draft can be checked beside it', async () => {
  const draft = file('house.yaml', 'name: house', 'title: House', ...element('house', wipe('a'), wipe('b')));
  expect((await rewind('packs', 'check', draft)).out).toBe('✓ house.yaml: ok, 2 rules');
});

test.each([
  ['no YAML', 'broken.yaml', 'a: {b\n- c: "', /✗ broken\.yaml: line \d+: .+\n {4}→ correct the YAML there/],
  ['a name that workers do not read', 'ours.yml', 'name: ours', /✗ ours\.yml: .+ \.yaml\n {4}→ name it ours\.yaml/],
  ['aliases without end', 'bomb.yaml', bomb(), /✗ bomb\.yaml: line 1: has aliases/],
  ['nothing', 'nothing.yaml', '', /✗ nothing\.yaml: .*the document.*\n {4}→ \S/],
])('packs check › refuses a file with %s', async (_, name, text, expected) => {
  const { out, exitCode } = await rewind('packs', 'check', file(name, text));
  expect(out).toMatch(expected);
  expect(exitCode).toBe(1);
});

test('packs check › says that there is no such file', async () => {
  const { out, exitCode } = await rewind('packs', 'check', join(folder, 'gone.yaml'));
  expect(out).toMatch(/^✗ gone\.yaml: .+\n {4}→ name a file that can be read\n1 to correct$/);
  expect(exitCode).toBe(1);
});

/** Nine lists, each of nine of the one before it. */
function bomb(): string {
  const lists = Array.from(
    { length: 9 },
    (_, n) => `l${String(n + 1)}: &l${String(n + 1)} [${`*l${String(n)},`.repeat(9)}]`,
  );
  return ['l0: &l0 x', ...lists].join('\n');
}
