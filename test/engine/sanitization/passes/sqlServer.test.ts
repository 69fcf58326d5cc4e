import type { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../../engine/clock.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import type { Session } from '../../../../engine/environments/provider.ts';
import { ask } from '../../../../engine/sanitization/passes/facts/ask.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { aSandbox, aSource } from '../../environments/builders.ts';
import { hardPacks as packs, sandbox, SMALL, TABLES } from './hardTables.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }] });
});
afterAll(() => standIn.close());

/** A database with the tables of the pack under a clustered key of three columns, one of them with so many rows. */
async function aCopy(name: string, most: number) {
  await standIn.administer('master', `CREATE DATABASE ${name}`);
  for (const table of TABLES) {
    const rows = table === 'RANGED' ? most : 20;
    await standIn.administer(
      name,
      `CREATE TABLE dbo.${table} (PARTITION bigint NOT NULL, AREA nvarchar(4) NOT NULL, ACCOUNT nvarchar(20) NOT NULL, KIND int NOT NULL, NOTE nvarchar(60) NOT NULL, RECVERSION int NOT NULL, PRIMARY KEY (PARTITION, AREA, ACCOUNT))`,
    );
    for (let first = 0; first < rows; first += 200) {
      const values = Array.from({ length: Math.min(200, rows - first) }, (_, index) => first + index).map(
        (n) =>
          `(1, N'${n % 2 === 0 ? 'dat' : 'usmf'}', N'C${String(n).padStart(5, '0')}', ${String(n % 10)}, N'Secret${String(n)}', 1)`,
      );
      await standIn.administer(name, `INSERT INTO dbo.${table} VALUES ${values.join(', ')}`);
    }
  }
  const provider = openSqlServerProvider({ clock: systemClock });
  const target = aSandbox({
    provider: 'sqlServer',
    name,
    databases: { application: name, financialReporting: name },
    settings: { server: standIn.url('rewind') },
  });
  const session = await provider
    .open(target, { runId: 'R-1', fence: 1, signal: new AbortController().signal }, aSource())
    .session('target', 'application');
  return {
    session,
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]();
      await provider.close();
    },
  };
}

/** How many rows the server meets that looks for them by the conditions on the key, which it has an index for. */
async function readsOf(session: Session, changes: readonly CompiledQuery[], table: string): Promise<number> {
  let reads = 0;
  for (const { sql, parameters } of changes) {
    const onKey = sql.match(/"(PARTITION|AREA|ACCOUNT)" (=|<|<=|>) cast\(@\d+ as \w+(\(\d+\))?\)/g) ?? ['1 = 1'];
    const count = `SELECT COUNT(*) AS n FROM dbo.${table} WHERE ${onKey.join(' AND ')}`;
    const [row] = await ask(session, z.object({ n: z.coerce.number() }), count, parameters);
    reads += row?.n ?? 0;
  }
  return reads;
}

test('a large table of SQL Server › is read once, whatever its size: slices of the clustered key, never from the first row again', async () => {
  const reads: number[] = [];
  for (const rows of [400, 1_600]) {
    await using copy = await aCopy(`linear${String(rows)}`, rows);
    const changes: CompiledQuery[] = [];
    const session: Session = {
      ...copy.session,
      async executeTogether(queries) {
        changes.push(...queries.filter(({ sql }) => sql.startsWith('update "dbo"."RANGED"')));
        return copy.session.executeTogether(queries);
      },
    };
    await sanitize({ session, packs, sandbox, sizes: { ...SMALL, rowsPerSlice: 100 } });
    expect(changes.length).toBeGreaterThan(rows / 100 - 1);
    reads.push(await readsOf(copy.session, changes, 'RANGED'));
  }
  // Twenty batches of TOP (n) would each begin at the first row: 400 and 1,600 rows would cost 1,000 and 13,600 reads.
  expect(reads).toEqual([400, 1_600]);
});

test('what rests on SQL Server › is on again as it was: triggers, policies, versioning, change tracking', async () => {
  await using copy = await aCopy('resting', 20);
  const database = standIn.state.databases.find(({ name }) => name === 'resting');
  if (!database) throw new Error('There is no database');
  const ids = await ask(
    copy.session,
    z.object({ name: z.string(), id: z.number() }),
    'SELECT name, object_id AS id FROM sys.tables',
  );
  const idOf = (table: string) => Number(ids.find(({ name }) => name === table)?.id);
  const trigger = (name: string, parent: number, isDisabled: number) => ({
    ...{ name, object_id: 7, parent_id: parent, parent_class: parent === 0 ? 0 : 1, is_disabled: isDisabled },
  });
  const rows = new Map([
    [
      'sys.triggers',
      [
        trigger('audit ]', idOf('SMALL'), 0),
        trigger('off', idOf('SMALL'), 1),
        trigger('watch', 0, 0),
        trigger('other', 99, 0),
      ],
    ],
    [
      'sys.security_policies',
      [
        { name: 'half', object_id: 8, schema_id: 1, is_enabled: 1 },
        { name: 'off', object_id: 9, schema_id: 1, is_enabled: 0 },
      ],
    ],
    ['sys.change_tracking_tables', [{ object_id: idOf('RANGED'), is_track_columns_updated_on: 1 }]],
    [
      'versioned tables',
      [
        {
          id: idOf('SLICED'),
          history_table_id: idOf('REFERRED'),
          history_retention_period: 6,
          history_retention_period_unit_desc: 'MONTH',
          is_on: 1,
        },
      ],
    ],
    ['sys.stats', [{ object_id: idOf('SMALL'), name: '_WA_Sys_1', stats_id: 2, auto_created: 1 }]],
  ]);
  database.ownRows = structuredClone(rows);
  const before = standIn.statements.length;

  await sanitize({ session: copy.session, packs, sandbox, sizes: SMALL });

  const said = standIn.statements.slice(before).map(({ text }) => text);
  expect(said.filter((text) => /^(DISABLE|ENABLE|ALTER (TABLE|SECURITY))/.test(text))).toMatchInlineSnapshot(`
    [
      "DISABLE TRIGGER [watch] ON DATABASE",
      "ALTER SECURITY POLICY [dbo].[half] WITH (STATE = OFF)",
      "DISABLE TRIGGER [dbo].[audit ]]] ON [dbo].[SMALL]",
      "ALTER TABLE [dbo].[RANGED] DISABLE CHANGE_TRACKING",
      "ALTER TABLE [dbo].[SLICED] SET (SYSTEM_VERSIONING = OFF)",
      "ALTER TABLE [dbo].[SLICED] SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [dbo].[REFERRED], DATA_CONSISTENCY_CHECK = ON, HISTORY_RETENTION_PERIOD = 6 MONTH))",
      "ENABLE TRIGGER [dbo].[audit ]]] ON [dbo].[SMALL]",
      "ALTER TABLE [dbo].[RANGED] ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ON)",
      "ALTER SECURITY POLICY [dbo].[half] WITH (STATE = ON)",
      "ENABLE TRIGGER [watch] ON DATABASE",
    ]
  `);
  rows.delete('sys.stats');
  expect(new Map([...database.ownRows].filter(([view]) => rows.has(view)))).toEqual(rows);
  expect(database.ownRows.get('sys.stats')).toEqual([]);
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  await dropLedger(copy.session);
  await verifySanitization({ session: copy.session, packs, sandbox, kept: [] });
});
