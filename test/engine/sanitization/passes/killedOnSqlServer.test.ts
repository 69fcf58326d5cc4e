import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../../engine/clock.ts';
import { ConnectionLostError } from '../../../../engine/databases/sqlServer/login/errors.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import type { ReadSession } from '../../../../engine/environments/provider.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { ask } from '../../../../engine/sanitization/passes/facts/ask.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { aSandbox, aSource } from '../../environments/builders.ts';
import { sandbox, SMALL } from './hardTables.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }] });
  await standIn.administer('master', 'CREATE DATABASE copy');
  for (const statement of TABLES) await standIn.administer('copy', statement);
});
afterAll(() => standIn.close());

const TABLES = [
  'CREATE TABLE CUST (ACCOUNT nvarchar(40) NOT NULL PRIMARY KEY, NOTE nvarchar(60) NOT NULL, RECVERSION int NOT NULL)',
  'CREATE TABLE ORDERS (RECID bigint NOT NULL PRIMARY KEY, CUST nvarchar(40) NOT NULL REFERENCES CUST (ACCOUNT), RECVERSION int NOT NULL)',
  'CREATE TABLE HISTORY (RECID bigint NOT NULL PRIMARY KEY, NOTE nvarchar(60) NOT NULL, RECVERSION int NOT NULL)',
  'CREATE TABLE PAST (RECID bigint NOT NULL PRIMARY KEY, NOTE nvarchar(60) NOT NULL, RECVERSION int NOT NULL)',
  "INSERT INTO CUST VALUES (N'C-1', N'Secret', 1), (N'C-2', N'Secret', 1)",
  "INSERT INTO ORDERS VALUES (1, N'C-1', 1), (2, N'C-2', 1), (3, N'C-1', 1)",
  "INSERT INTO HISTORY VALUES (1, N'Secret', 1)",
  "INSERT INTO PAST VALUES (1, N'Secret', 1)",
];

const element = { id: 'all', title: 'All', source: 'A test', disposition: 'cleared', reason: 'a test' };
const mask = (table: string, column: string) => ({
  ...{ id: table.toLowerCase(), table, action: 'mask', columns: { [column]: { token: 20 } } },
  offending: [{ column, notMasked: { token: 20 } }],
});
const clear = (table: string) => ({
  ...{ id: `${table.toLowerCase()}-note`, table, action: 'clear-columns', columns: ['NOTE'] },
  offending: [{ column: 'NOTE', isNotEmpty: true }],
});
const rules = [mask('CUST', 'ACCOUNT'), mask('ORDERS', 'CUST'), clear('CUST'), clear('HISTORY')];
const packs = [parsePack({ name: 'keys', title: 'Keys', elements: [{ ...element, rules }] }, 'keys.yaml')];

/** One thing of every kind that rests, and one that was off before. */
async function switchOn(session: ReadSession): Promise<Map<string, Record<string, string | number>[]>> {
  const row = z.object({ name: z.string(), id: z.number() });
  const tables = await ask(session, row, 'SELECT name, object_id AS id FROM sys.tables');
  const idOf = (table: string) => tables.find(({ name }) => name === table)?.id ?? 0;
  const trigger = (name: string, parent: number, isDisabled: number) => ({
    ...{ name, object_id: 7, parent_id: parent, parent_class: parent === 0 ? 0 : 1, is_disabled: isDisabled },
  });
  return new Map([
    ['sys.triggers', [trigger('on', idOf('CUST'), 0), trigger('off', idOf('CUST'), 1), trigger('watch', 0, 0)]],
    ['sys.security_policies', [{ name: 'half', object_id: 8, schema_id: 1, is_enabled: 1 }]],
    ['sys.change_tracking_tables', [{ object_id: idOf('ORDERS'), is_track_columns_updated_on: 1 }]],
    ['versioned tables', [{ id: idOf('HISTORY'), history_table_id: idOf('PAST'), is_on: 1 }]],
  ]);
}

/** The server ends its session at the nth statement that switches or changes something: what its transaction has done is undone. */
async function attempt(nth: number): Promise<boolean> {
  const provider = openSqlServerProvider({ clock: systemClock });
  const match = /^\s*(DISABLE|ENABLE|ALTER (TABLE|SECURITY)|update )/;
  const fault = standIn.fault({ match, nth, login: 'rewind', effect: 'kill' });
  try {
    const target = aSandbox({
      ...{ provider: 'sqlServer', name: 'copy', databases: { application: 'copy', financialReporting: 'copy' } },
      settings: { server: standIn.url('rewind') },
    });
    const hold = { runId: 'R-1', fence: 1, signal: new AbortController().signal };
    await using session = await provider.open(target, hold, aSource()).session('target', 'application');
    await sanitize({ session, packs, sandbox, sizes: SMALL });
    return true;
  } catch (error) {
    if (!(error instanceof ConnectionLostError)) throw error;
    return false;
  } finally {
    fault.remove();
    await provider.close();
  }
}

test('a copy on SQL Server whose session is killed between resting and waking › is changed once, and all that rested is on again', async () => {
  const database = standIn.state.databases.find(({ name }) => name === 'copy');
  if (!database) throw new Error('There is no database');
  const provider = openSqlServerProvider({ clock: systemClock });
  const target = aSandbox({
    ...{ provider: 'sqlServer', name: 'copy', databases: { application: 'copy', financialReporting: 'copy' } },
    settings: { server: standIn.url('rewind') },
  });
  const hold = { runId: 'R-1', fence: 1, signal: new AbortController().signal };
  await using session = await provider.open(target, hold, aSource()).session('target', 'application');
  const before = await switchOn(session);
  database.ownRows = structuredClone(before);

  let deaths = 0;
  const resting = new Set<string>();
  for (let nth = 1; !(await attempt(nth)); nth += 1) {
    deaths += 1;
    for (const [view, rows] of database.ownRows)
      if (JSON.stringify(rows) !== JSON.stringify(before.get(view) ?? [])) resting.add(view);
  }

  expect(deaths).toBeGreaterThan(10);
  // Each kind was met at rest by a successor.
  expect(resting).toEqual(new Set([...before.keys(), 'foreign keys that rest']));
  expect(new Map([...database.ownRows].filter(([view]) => before.has(view)))).toEqual(before);
  expect(
    await ask(session, z.object({ is_disabled: z.unknown() }), 'SELECT is_disabled FROM sys.foreign_keys'),
  ).toEqual([{ is_disabled: false }]);
  const versions = 'SELECT RECVERSION AS v FROM ORDERS UNION ALL SELECT RECVERSION FROM HISTORY';
  expect(await ask(session, z.object({ v: z.number() }), versions)).toEqual([2, 2, 2, 2].map((v) => ({ v })));
  const joined = 'SELECT COUNT(*) AS n FROM ORDERS AS o JOIN CUST AS c ON c.ACCOUNT = o.CUST';
  expect(await ask(session, z.object({ n: z.number() }), joined)).toEqual([{ n: 3 }]);
  const verdicts = await verifySanitization({ session, packs, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  await dropLedger(session);
  await provider.close();
}, 120_000);
