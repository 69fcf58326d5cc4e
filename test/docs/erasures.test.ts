import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePack } from '../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../engine/sanitization/verify.ts';
import { sandbox } from '../engine/sanitization/packs.ts';
import { startTestServer, type TestServer } from '../engine/sanitization/testDatabase.ts';
import { readProject } from './markdown.ts';

const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readProject('docs/how-to/erase-again.md')) ?? [];
const pack = parsePack(parse(yaml), 'erasures');

const PRODUCTION = `
  create table "LOGISTICSELECTRONICADDRESS" ("RECID" bigint primary key, "LOCATOR" varchar(255) not null);
  insert into "LOGISTICSELECTRONICADDRESS" values
    (5637144601, 'ada@contoso.example'), (5637144602, '+49 30 1234567'), (5637144603, 'bob@contoso.example');
  create table "DIRPARTYTABLE" ("RECID" bigint primary key, "NAME" varchar(100) not null, "NAMEALIAS" varchar(20) not null);
  insert into "DIRPARTYTABLE" values (5637144701, 'Ada Lovelace', 'Ada'), (5637144702, 'Bob Noyce', 'Bob');`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(PRODUCTION);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('the pack of erasures › takes those on the list out of a copy, proves it, and leaves everybody else', async () => {
  await using copy = await server.database();
  await sanitize({ session: copy.session, packs: [pack], sandbox });
  const verdicts = await verifySanitization({ session: copy.session, packs: [pack], sandbox });
  expect(verdicts.map(({ ruleId, passed }) => [ruleId, passed])).toEqual([
    ['erased-addresses', true],
    ['erased-names', true],
  ]);
  expect(await copy.rows('select * from "LOGISTICSELECTRONICADDRESS"')).toEqual([
    { RECID: '5637144603', LOCATOR: 'bob@contoso.example' },
  ]);
  const people = await copy.rows('select "NAME", "NAMEALIAS" from "DIRPARTYTABLE" order by "RECID"');
  expect(people[1]).toEqual({ NAME: 'Bob Noyce', NAMEALIAS: 'Bob' });
  expect(people[0]?.['NAME']).not.toBe('Ada Lovelace');
  expect(people[0]?.['NAMEALIAS']).not.toBe('Ada');
});

test('the pack of erasures › is noticed where it was not carried out', async () => {
  await using copy = await server.database();
  const verdicts = await verifySanitization({ session: copy.session, packs: [pack], sandbox });
  expect(verdicts.map(({ ruleId, offendingRows }) => [ruleId, offendingRows])).toEqual([
    ['erased-addresses', 2],
    ['erased-names', 1],
  ]);
});

test('the pack of erasures › holds numbers alone, nothing that tells who somebody was', () => {
  const listed = pack.elements.flatMap(({ rules }) =>
    rules.flatMap(({ where = [] }) => where.flatMap((one) => ('in' in one ? (one.in ?? []) : []))),
  );
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.every((value) => typeof value === 'number')).toBe(true);
});
