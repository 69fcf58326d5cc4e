import { expect, test } from 'vitest';
import {
  contentOf,
  contentsOf,
  decideOwnRows,
  decideSettings,
  namedRows,
  rowsByKey,
} from '../../../../engine/sanitization/profile/decideRows.ts';
import { createRandom } from '../../simulation/random.ts';

type Random = ReturnType<typeof createRandom>;
type Row = Readonly<Record<string, string | null>>;

const PAIRS = 20_000;
const some = <Made>(random: Random, most: number, make: () => Made): Made[] =>
  Array.from({ length: random.below(most + 1) }, make);

/** Most rows stand later as they did, some say something else, some are gone, some are new. */
const later = (random: Random, rows: readonly Row[], make: () => Row, change: (row: Row) => Row): Row[] => [
  ...rows.filter(() => random.below(6) > 0).map((row) => (random.below(4) === 0 ? change(row) : row)),
  ...some(random, 1, make),
];

/** As text is compared: neither case nor trailing spaces count. */
const same = (one: string | null | undefined, other: string | null | undefined) =>
  (one ?? '').trimEnd().toLowerCase() === (other ?? '').trimEnd().toLowerCase();
const only = (rows: readonly Row[], column: string, value: string): Row | undefined => {
  const found = rows.filter((row) => same(row[column], value));
  return found.length === 1 ? found[0] : undefined;
};

test('clients and endpoints of a profile › are none of production’s, and the sandbox’s as they were at plan and switch, over 20,000 pairs', () => {
  const IDS = ['one', 'ONE ', 'two', 'three', 'four'];
  const columns = { key: 'AADCLIENTID', user: 'USERID' };
  const breaches: string[] = [];
  const seen = { back: 0, left: 0, shared: 0 };
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const random = createRandom(seed);
    const make = (): Row => ({
      AADCLIENTID: random.pick(IDS),
      USERID: random.pick(['JONAS', 'MIRA', 'admin ', 'Axrunner']),
      NAME: random.pick(['a', 'b', null]),
    });
    const change = (row: Row): Row => ({
      ...row,
      [random.pick(['USERID', 'NAME'])]: random.pick(['MIRA', 'Admin', 'c']),
    });
    const atPlan = some(random, 4, make);
    const atSwitch = later(random, atPlan, make, change);
    const named = some(random, 3, () => random.pick(IDS));
    const production = some(random, 2, () => random.pick(IDS).trimEnd().toLowerCase());

    const back = decideOwnRows(
      contentsOf(namedRows(atPlan, named, columns)),
      namedRows(atSwitch, named, columns),
      production,
    );

    const mayReturn = (id: string) => {
      const [then, now] = [only(atPlan, 'AADCLIENTID', id), only(atSwitch, 'AADCLIENTID', id)];
      if (!then || !now || !named.some((each) => same(each, id)) || production.some((each) => same(each, id)))
        return false;
      return JSON.stringify(then) === JSON.stringify(now) && !same(now['USERID'], 'Admin');
    };
    for (const id of ['one', 'two', 'three', 'four']) {
      const rows = back.filter((row) => same(row['AADCLIENTID'] as string, id));
      if (rows.length !== (mayReturn(id) ? 1 : 0)) breaches.push(`${String(seed)}: ${id}`);
      if (named.some((each) => same(each, id)) && !mayReturn(id)) seen.left += 1;
    }
    seen.back += back.length;
    seen.shared += production.filter((id) => only(atSwitch, 'AADCLIENTID', id)).length;
  }
  expect(breaches).toEqual([]);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(1000);
});

test('settings of a profile › go into the row of the same key, as they were at plan and switch, over 20,000 pairs', () => {
  const [key, columns] = [
    ['KEY_', 'COMPANY'],
    ['SERVER', 'SMTPPASSWORD'],
  ] as const;
  const breaches: string[] = [];
  const seen = { written: 0, left: 0, doubled: 0 };
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const random = createRandom(seed);
    let recId = 0;
    const make = (): Row => ({
      RECID: String((recId += 1)),
      KEY_: random.pick(['1', '2']),
      COMPANY: random.pick(['usmf', 'USMF', 'demf']),
      SERVER: random.pick(['a', 'b', '']),
      SMTPPASSWORD: random.pick(['p', 'q']),
    });
    const change = (row: Row): Row => ({
      ...row,
      [random.pick(['SERVER', 'COMPANY', 'SMTPPASSWORD'])]: random.pick(['usmf', 'c']),
    });
    const atPlan = some(random, 4, make);
    const atSwitch = later(random, atPlan, make, change);
    const copy = some(random, 5, make);
    const contents = new Map([...rowsByKey(atPlan, key)].map(([hash, row]) => [hash, contentOf(row, columns)]));

    const changes = decideSettings(contents, rowsByKey(atSwitch, key), rowsByKey(copy, key), columns);

    const written = new Map(changes.map((each) => [each.recId, each.values]));
    const alike = (rows: readonly Row[], row: Row) =>
      rows.filter((each) => key.every((column) => same(each[column], row[column])));
    for (const row of copy) {
      const [then, ...others] = alike(atPlan, row);
      const [now, ...more] = alike(atSwitch, row);
      const isOne = alike(copy, row).length === 1 && others.length === 0 && more.length === 0;
      // What a secret was at the plan, nobody has kept.
      const isMeant = isOne && then !== undefined && now !== undefined && then['SERVER'] === now['SERVER'];
      const expected = isMeant ? { SERVER: now['SERVER'], SMTPPASSWORD: now['SMTPPASSWORD'] } : undefined;
      if (JSON.stringify(written.get(row['RECID'] ?? '')) !== JSON.stringify(expected))
        breaches.push(`${String(seed)}: ${row['RECID'] ?? ''}`);
      seen[isMeant ? 'written' : 'left'] += 1;
      if (!isOne) seen.doubled += 1;
    }
    if (changes.some((each) => !copy.some((row) => row['RECID'] === each.recId)))
      breaches.push(`${String(seed)}: no row`);
  }
  expect(breaches).toEqual([]);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(1000);
});
