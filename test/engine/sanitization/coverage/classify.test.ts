import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBaseline, writeBaseline } from '../../../../engine/sanitization/coverage/baseline.ts';
import { classify } from '../../../../engine/sanitization/coverage/classify.ts';
import { idOf, type ColumnFact } from '../../../../engine/sanitization/coverage/columnFacts.ts';
import { rankOf, SUSPICION_KINDS, type ByContent } from '../../../../engine/sanitization/coverage/findings.ts';
import { usual } from '../packs.ts';
import { rulingsOf } from '../../../../engine/sanitization/coverage/rulings.ts';
import { skeletonOf } from '../../../../engine/sanitization/coverage/skeleton.ts';
import { PackInvalidError } from '../../../../engine/sanitization/errors.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { readDocument } from '../../../../env/places.ts';
import { packOf } from '../fit/subject.ts';

const aColumn = (column: string, more: Partial<ColumnFact> = {}): ColumnFact => ({
  ...{ schema: 'dbo', table: 'CONTOSO', column, type: 'nvarchar', family: 'text', maxLength: 60, isNullable: false },
  ...more,
});
const seenAs = (kind: ByContent['kind'], share = 1): ByContent => ({
  kind,
  by: 'content',
  form: 'it',
  share,
  sampled: 9,
});
const none = rulingsOf([], 'mssql', []);
const pack = (harmless: unknown) => parsePack({ name: 'ours', title: 'Ours', harmless }, 'ours.yaml');
const declared = { reason: 'Public.', owner: 'Mira Okafor', date: '2026-11-30' };

const aFact = fc
  .record({
    schema: fc.constantFrom('dbo', 'AX', 'a.b'),
    table: fc.constantFrom('CUSTTABLE', 'CONTOSO.', 'VENDTABLE', 'x y'),
    column: fc.constantFrom('NAME', 'EMAIL', 'RECID', 'POINTS', 'PASSWORD', '.N', 'a"b'),
    family: fc.constantFrom('text', 'number', 'binary', 'date' as const),
    maxLength: fc.integer({ min: 1, max: 300 }),
    isNullable: fc.boolean(),
  })
  .map((each): ColumnFact => ({ ...each, type: each.family }));
const someFacts = fc.uniqueArray(aFact, { selector: idOf, maxLength: 30 });
const someSeen = (facts: readonly ColumnFact[]) =>
  fc
    .array(fc.subarray([...SUSPICION_KINDS]), { minLength: facts.length, maxLength: facts.length })
    .map((kinds) => new Map(facts.map((fact, at) => [fact, (kinds[at] ?? []).map((kind) => seenAs(kind))] as const)));

test('a classification › has every column once, what nobody has accepted first and the worst before the rest', () => {
  fc.assert(
    fc.property(
      someFacts.chain((facts) => fc.tuple(fc.constant(facts), someSeen(facts))),
      ([facts, seen]) => {
        const { columns, counts } = classify(facts, seen, { rulings: none });
        const suspicious = columns.filter(({ suspicions }) => suspicions.length > 0);
        const ranks = suspicious.map(({ suspicions }) => rankOf(suspicions));
        expect(columns.map(({ fact }) => idOf(fact)).toSorted()).toEqual(facts.map(idOf).toSorted());
        expect(columns.slice(0, suspicious.length)).toEqual(suspicious);
        expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
        expect(counts.ruled + counts.harmless + counts.system + counts.unknown).toBe(facts.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('a baseline › accepts what it was written of, and nothing that came later or begins to look like something else', () => {
  fc.assert(
    fc.property(
      someFacts.chain((facts) => fc.tuple(fc.constant(facts), someSeen(facts), fc.nat())),
      ([facts, seen, at]) => {
        const before = classify(facts, seen, { rulings: none });
        const baseline = readBaseline(writeBaseline(before.columns), 'it');
        const again = classify(facts, seen, { rulings: none, baseline });
        expect(again.columns.filter(({ isNew }) => isNew)).toEqual([]);
        expect(again.counts.notAccepted).toBe(0);

        const later = aColumn('POSTCODE', { table: 'CONTOSONEW' });
        const fact = facts[at % Math.max(1, facts.length)];
        const changed = new Map(seen);
        if (fact !== undefined)
          changed.set(
            fact,
            SUSPICION_KINDS.map((kind) => seenAs(kind)),
          );
        const isChanged = fact !== undefined && fact.column !== 'RECID' && (seen.get(fact)?.length ?? 0) < 13;
        const after = classify([...facts, later], changed, { rulings: none, baseline });
        expect(after.columns.filter(({ isNew }) => isNew).map((each) => each.fact)).toEqual(
          expect.arrayContaining([later, ...(isChanged ? [fact] : [])]),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test.each(['', '{}', '[]', '{"version":2,"tables":{}}', '{"version":1,"tables":{"dbo.T":{"NAME":["a value"]}}}'])(
  'a baseline › is not %j',
  (text) => {
    expect(() => readBaseline(text, 'it.json')).toThrow('it.json is no baseline of columns');
  },
);

test('a ruling › comes from rules before declarations, and from rules for all rows before those for some', () => {
  const where = [{ column: 'TYPE', equals: 2 }];
  const rule = (id: string, more: object) => ({ id, table: 'CONTOSO', offending: 'any-row', ...more });
  const rulings = rulingsOf(
    [
      ...packOf(
        rule('some', { action: 'set-columns', values: { NAME: '', PHONE: '' }, where }),
        rule('all', { action: 'mask', columns: { NAME: 'person' } }),
        rule('there', { action: 'clear-columns', columns: ['NOTES'], schema: 'AX' }),
        rule('rows', { action: 'delete-rows', where }),
        rule('kept', { table: 'SETTINGS', action: 'keep-rows' }),
        rule('own', {
          action: 'sql',
          statements: { mssql: 'UPDATE {table} SET A = 1' },
          offending: [{ column: 'BLOB', isNotNull: true }],
        }),
      ),
      pack([
        { table: 'CONTOSO', columns: ['NAME', 'CITY'], ...declared },
        { table: 'PUBLIC', columns: 'all', ...declared },
      ]),
    ],
    'mssql',
    [aColumn('NAME'), aColumn('OTHER', { table: 'SETTINGS' })],
  );
  const said = (column: string, more: Partial<ColumnFact> = {}) => {
    const ruling = rulings.of(aColumn(column, more));
    return ruling?.state === 'ruled' ? `${ruling.rule} of ${ruling.rows}` : ruling?.state;
  };
  expect([said('NAME'), said('name', { table: 'contoso' }), said('PHONE'), said('CITY'), said('STREET')]).toEqual([
    ...['all of all', 'all of all', 'some of some', 'harmless', undefined],
  ]);
  expect([said('NOTES'), said('NOTES', { schema: 'ax' }), said('BLOB')]).toEqual([
    undefined,
    'there of all',
    'own of all',
  ]);
  expect([said('X', { table: 'SETTINGS' }), said('X', { table: 'PUBLIC' })]).toEqual(['kept of all', 'harmless']);
  expect(rulings.someRows(aColumn('STREET')).map(({ id }) => id)).toEqual(['rows']);
  expect(rulings.someRows(aColumn('PHONE')).map(({ id }) => id)).toEqual(['some', 'rows']);
});

test('a ruling › is not one of a rule that is skipped, because the table lacks the column by which it chooses its rows', () => {
  const rule = {
    ...{ id: 'some', table: 'CONTOSO', action: 'clear-columns', columns: ['NAME', 'GONE'], whenColumnAbsent: 'skip' },
    ...{ where: [{ column: 'TYPE', equals: 2 }], offending: [{ column: 'NAME', isNotEmpty: true }] },
  };
  const [name, type] = [aColumn('NAME'), aColumn('TYPE')];
  expect(rulingsOf(packOf(rule), 'mssql', [name]).of(name)).toBeUndefined();
  expect(rulingsOf(packOf(rule), 'mssql', [name]).someRows(name)).toEqual([]);
  expect(rulingsOf(packOf(rule), 'mssql', [name, type]).of(name)).toMatchObject({ state: 'ruled', rows: 'some' });
});

test.each([
  ['nothing', undefined, /elements: is missing/],
  ['no owner', [{ table: 'A', columns: ['B'], reason: 'Public.', date: '2026-11-30' }], /harmless\[0\]\.owner/],
  ['no day', [{ table: 'A', columns: ['B'], ...declared, date: 'today' }], /date: is not a day, like 2026-11-30/],
  ['no list', [{ table: 'A', columns: 'B', ...declared }], /columns: is neither all nor a list of names/],
])('a pack › that declares %s is refused', (_, harmless, expected) => {
  expect(() => pack(harmless)).toThrow(PackInvalidError);
  expect(() => pack(harmless)).toThrow(expected);
});

test('a skeleton › has for every column what fits its type and length, and says where it has nothing', () => {
  const columns = [
    aColumn('EMAIL'),
    aColumn('EMAILSHORT', { maxLength: 20 }),
    aColumn('EMAIL2', { maxLength: 3 }),
    aColumn('FIRSTNAME', { maxLength: 10 }),
    aColumn('BIRTHDATE', { type: 'datetime', family: 'date' }),
    aColumn('BIRTHDAY', { type: 'datetime', family: 'date', isNullable: true }),
    aColumn('PAYRATE', { type: 'decimal', family: 'number' }),
    aColumn('PASSWORD', { type: 'varbinary', family: 'binary' }),
    aColumn('GENDER', { type: 'uniqueidentifier', family: 'other' }),
    aColumn('e-mail address'),
    aColumn('NULL', { table: 'TRUE' }),
    aColumn('STREET', { schema: 'AX' }),
    aColumn('STREET', { maxLength: 5 }),
    aColumn('IBAN', { table: 'LONELY', maxLength: 34 }),
    aColumn('POINTS', { table: 'LONELY', schema: 'AX' }),
  ];
  const [nullColumn] = columns.filter(({ column }) => column === 'NULL');
  const [address] = columns.filter(({ column }) => column === 'e-mail address');
  const seen = new Map(
    [nullColumn, address].flatMap((fact) => (fact === undefined ? [] : [[fact, [seenAs('e-mail')]] as const])),
  );
  const text = skeletonOf(classify(columns, seen, { rulings: none }).columns, 'found');
  const { elements } = parsePack(readDocument(text).value, 'found.yaml');
  const rules = elements.flatMap((each) => each.rules);
  expect(
    rules.map((rule) => [
      rule.table,
      rule.action,
      'values' in rule ? rule.values : 'columns' in rule ? rule.columns : undefined,
      rule.whenColumnAbsent,
    ]),
  ).toEqual([
    ['CONTOSO', 'mask', { EMAIL: 'email', EMAILSHORT: 'token', FIRSTNAME: { person: 'first' } }, 'skip'],
    ['CONTOSO', 'clear-columns', ['PASSWORD', 'BIRTHDAY', 'PAYRATE', 'EMAIL2', 'STREET'], 'skip'],
    ['CONTOSO', 'set-columns', { BIRTHDATE: '1900-01-01T00:00:00' }, 'skip'],
    ['TRUE', 'mask', { NULL: 'email' }, 'fail'],
    ['LONELY', 'mask', { IBAN: 'iban' }, 'skip'],
  ]);
  expect(text).toContain('# "CONTOSO"."e-mail address": a pack has no word for such a name');
  expect(text).toContain('# "CONTOSO"."GENDER": must not be NULL and has no empty value');
});

test('the usual packs › decide about every column of the users of the Financial Reporting database', () => {
  const columns = ['USERID', 'USERNAME', 'WINDOWSSECURITYIDENTIFIER'];
  const facts = columns.map((column) => ({
    ...{ schema: 'dbo', table: 'SECURITYUSER', column, type: 'varchar', isNullable: false },
    family: 'text' as const,
  }));
  const rulings = rulingsOf(usual, 'mssql', facts, 'financialReporting');
  expect(facts.map((fact) => rulings.of(fact)?.state)).toEqual(['harmless', 'ruled', 'ruled']);
});
