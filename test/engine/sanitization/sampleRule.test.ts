import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAddress } from '../../../engine/environments/openAddress.ts';
import { FIRST_NAMES, LAST_NAMES } from '../../../engine/sanitization/masks/words.ts';
import { tryRules } from '../../../engine/sanitization/tryRules.ts';
import { startStandIn, type StandIn } from '../../sqlServer/standIn.ts';
import { packOf, sandbox } from './fit/subject.ts';
import { startTestServer, type TestDatabase, type TestServer } from './testDatabase.ts';

let server: TestServer;
let database: TestDatabase;
let standIn: StandIn;
const addresses: Record<string, string> = {};
beforeAll(async () => {
  server = await startTestServer(tables('varchar', 'bytea'));
  database = await server.database();
  addresses['postgres'] = database.url;
  standIn = await startStandIn();
  await standIn.administer('master', 'CREATE DATABASE ax');
  for (const statement of tables('nvarchar', 'varbinary(20)').split(';').slice(0, -1))
    await standIn.administer('ax', statement);
  addresses['mssql'] = standIn.url('sa', 'ax');
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await standIn.close();
});

/** Everything that stands in them is a secret, and easy to find again. */
const tables = (text: string, bytes: string) => `
create table "PEOPLE" ("RECID" int not null, "NAME" ${text}(40) null, "CODE" ${text}(20) not null, "PAY" int not null, "SCAN" ${bytes} null);
create table "KEYS" ("RECID" int not null, "VALUE" ${text}(40) not null);
insert into "PEOPLE" values (1, 'Secret One  ', 'S-77', 7777, ${bytes === 'bytea' ? `'\\x53656372'` : '0x53656372'});
insert into "PEOPLE" values (2, null, '', 7777, null);
insert into "KEYS" values (1, 'Secret key');
`;

const MADE_UP = `${FIRST_NAMES.words[0] ?? ''} ${LAST_NAMES.words[0] ?? ''} ~`;

const named = (id: string, rule: object) => ({ id, table: 'PEOPLE', offending: 'any-row', ...rule });
const packs = packOf(
  named('masked', { action: 'mask', columns: { NAME: 'person', CODE: { token: 8 } } }),
  named('set', {
    action: 'set-columns',
    values: {
      PAY: 0,
      CODE: { administrator: 'signIn' },
      NAME: { from: { table: 'KEYS', column: 'VALUE', where: [{ column: 'RECID', equals: 1 }] } },
    },
    where: [{ column: 'RECID', equals: 1 }],
  }),
  named('cleared', { action: 'clear-columns', columns: ['SCAN'] }),
  named('deleted', { action: 'delete-rows', where: [{ column: 'RECID', equals: 1 }] }),
);

test.each(['postgres', 'mssql'])(
  'a trial on %s › shows what a few rows would become, of their values the lengths alone, and writes nothing',
  async (dialect) => {
    await using session = await openAddress('it', addresses[dialect] ?? '');

    const { rules, refusals } = await tryRules(session, packs, sandbox);

    expect(refusals).toEqual([]);
    const made = (value: string) => ({ kind: 'made-up', value: expect.stringMatching(value) });
    const text = (characters: number) => ({ kind: 'text', characters });
    expect(Object.fromEntries(rules.map(({ ruleId, sample }) => [ruleId, sample]))).toEqual({
      masked: [
        [
          { column: 'NAME', stored: text(10), becomes: made('^[A-Z][a-z]+ [A-Z][a-z]+ ~$') },
          { column: 'CODE', stored: text(4), becomes: made('^[A-Z]{8}$') },
        ],
      ],
      set: [
        [
          { column: 'PAY', stored: { kind: 'value' }, becomes: { kind: 'constant', value: 0 } },
          { column: 'CODE', stored: text(4), becomes: { kind: 'taken', from: 'signIn of the administrator' } },
          { column: 'NAME', stored: text(10), becomes: { kind: 'taken', from: 'KEYS.VALUE' } },
        ],
      ],
      cleared: [[{ column: 'SCAN', stored: { kind: 'bytes', bytes: 4 }, becomes: { kind: 'cleared' } }]],
      deleted: [],
    });
    expect(JSON.stringify(rules)).not.toMatch(/Secret|S-77|7777/);
    const [other] = (await tryRules(session, packs, sandbox)).rules;
    expect(other?.sample).not.toEqual(rules[0]?.sample);
  },
);

test('a trial › leaves what has the form of its mask as it is, and does not show that either', async () => {
  await using other = await server.database(`update "PEOPLE" set "NAME" = '${MADE_UP}' where "RECID" = 1`);
  await using session = await openAddress('it', other.url);

  const { rules } = await tryRules(session, packs, sandbox);

  expect(JSON.stringify(rules)).not.toContain(MADE_UP);
  expect(rules[0]?.sample[0]?.[0]).toEqual({
    ...{ column: 'NAME', stored: { kind: 'text', characters: MADE_UP.length } },
    becomes: { kind: 'unchanged' },
  });
  expect(await other.rows(`select nspname from pg_namespace where nspname = 'rewind'`)).toEqual([]);
});
