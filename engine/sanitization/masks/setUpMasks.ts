import { CompiledQuery, sql } from 'kysely';
import { z } from 'zod';
import type { Dialect, ReadSession, Session } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { kindOf } from './kinds.ts';
import { functionName, type ColumnMask } from './maskExpression.ts';
import type { MaskKey } from './maskKey.ts';
import { POSTGRES_FUNCTIONS, postgresFunction } from './postgresMasks.ts';

const pads = z.object({ ipad: z.instanceof(Uint8Array), opad: z.instanceof(Uint8Array) });

/**
 * Puts what masks need into schema `rewind` of a copy, and lets this session use it. Safe to repeat: a database that has a key keeps
 * it, so that what a run masks after it was interrupted joins with what it masked before.
 */
export async function setUpMasks(session: Session, masks: readonly ColumnMask[], key: MaskKey): Promise<void> {
  const { dialect } = session;
  for (const statement of setUpStatements(dialect, masks, key)) await session.execute(statement);
  await session.select(readKey(dialect));
}

export function setUpStatements(
  dialect: Dialect,
  masks: readonly ColumnMask[],
  key: MaskKey,
): readonly CompiledQuery[] {
  const db = offlineBuilder(dialect);
  const { ipad, opad } = key;
  if (dialect === 'mssql') {
    return [
      sql`IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')`,
      sql`IF OBJECT_ID(N'rewind.mask_key') IS NULL CREATE TABLE rewind.mask_key (ipad varbinary(64) NOT NULL, opad varbinary(64) NOT NULL)`,
      sql`INSERT INTO rewind.mask_key (ipad, opad) SELECT ${ipad}, ${opad} WHERE NOT EXISTS (SELECT 1 FROM rewind.mask_key)`,
    ].map((each) => each.compile(db));
  }
  const functions = new Map(masks.map((mask) => [functionName(mask), kindOf(mask.kind, mask.room).parts]));
  return [
    sql`create schema if not exists rewind`,
    sql`create table if not exists rewind.mask_key (ipad bytea not null, opad bytea not null)`,
    sql`insert into rewind.mask_key (ipad, opad) select ${ipad}::bytea, ${opad}::bytea where not exists (select from rewind.mask_key)`,
    ...POSTGRES_FUNCTIONS.map((text) => sql.raw(text)),
    ...[...functions].map(([name, parts]) => sql.raw(postgresFunction(name, parts))),
  ].map((each) => each.compile(db));
}

/** The key that an earlier attempt has left in this database. */
export async function findMaskKey(session: ReadSession): Promise<MaskKey | undefined> {
  const { dialect } = session;
  const [found] = await session.select(CompiledQuery.raw(FIND_KEY[dialect]));
  if (z.object({ n: z.coerce.number() }).parse(found).n === 0) return undefined;
  const [row] = await session.select(readKey(dialect));
  if (row === undefined) return undefined;
  const { ipad, opad } = pads.parse(row);
  return { ipad: Buffer.from(ipad), opad: Buffer.from(opad) };
}

const FIND_KEY: Readonly<Record<Dialect, string>> = {
  mssql:
    "SELECT COUNT(*) AS n FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = N'rewind' AND t.name = N'mask_key'",
  postgres:
    "SELECT count(*) AS n FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace WHERE s.nspname = 'rewind' AND c.relname = 'mask_key'",
};

/** On PostgreSQL also hands the key to the functions, for as long as the session lasts. */
function readKey(dialect: Dialect): CompiledQuery {
  const text =
    dialect === 'mssql'
      ? sql`SELECT ipad, opad FROM rewind.mask_key`
      : sql`select ipad, opad, set_config('rewind.ipad', encode(ipad, 'hex'), false) is null,
          set_config('rewind.opad', encode(opad, 'hex'), false) is null from rewind.mask_key`;
  return text.compile(offlineBuilder(dialect));
}

/** Destroys the key, and what only works with it. Safe to repeat. */
export async function tearDownMasks(session: Session): Promise<void> {
  const { dialect } = session;
  const statements =
    dialect === 'mssql'
      ? [sql`IF OBJECT_ID(N'rewind.mask_key') IS NOT NULL DROP TABLE rewind.mask_key`]
      : [
          sql`drop table if exists rewind.mask_key`,
          sql`select set_config('rewind.ipad', '', false), set_config('rewind.opad', '', false)`,
        ];
  for (const each of statements) await session.execute(each.compile(offlineBuilder(dialect)));
}
