import { randomBytes } from 'node:crypto';
import { sql, type CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Dialect, ReadSession, Session } from '../../environments/provider.ts';
import { ask } from '../../sanitization/passes/facts/ask.ts';
import { LEDGER_SCHEMA } from '../../sanitization/passes/ledger.ts';
import { offlineBuilder } from '../../sql.ts';
import { SearchImpossibleError } from '../errors.ts';
import { keysFrom, PRINT_NUMBERS, type Keys } from '../scan/keys.ts';
import type { Leaps } from '../scan/leaps.ts';
import { makeSoughtSet, type SoughtSet } from '../scan/soughtSet.ts';
import { readPage, seal, unseal } from './pack.ts';

/** The two databases of a copy: what is sought lies in the one, its key in the other. A backup of either says nothing. */
export interface CopySessions<Kind extends ReadSession> {
  readonly application: Kind;
  readonly financialReporting: Kind;
}

/** How the collection ended; noted last. */
export interface SoughtNote {
  /** Protected values, each counted once: of people, and of endpoints and keys. */
  readonly personal: number;
  readonly endpoints: number;
  /** Ways of writing them, which are what is looked for. */
  readonly prints: number;
  /** There were more than can be looked for. */
  readonly isCut: boolean;
}

/**
 * Makes the side table anew, with a key that nobody has seen before. Whatever an attempt that broke off has left is gone.
 * @returns the keys for this collection
 */
export async function beginCollection({ application, financialReporting }: CopySessions<Session>): Promise<Keys> {
  const key = randomBytes(32);
  await application.executeTogether([...drops(application.dialect), ...creates(application.dialect)]);
  await financialReporting.executeTogether([
    ...dropsOfKey(financialReporting.dialect),
    ...createsKey(financialReporting.dialect),
    dbOf(financialReporting).insertInto('sought_key').values({ key_bytes: key }).compile(),
  ]);
  return keysFrom(key);
}

/** Pages that one transaction takes. */
export async function keepPages(application: Session, pages: readonly Buffer[], keys: Keys): Promise<void> {
  await application.executeTogether(
    pages.map((page) =>
      dbOf(application)
        .insertInto('sought')
        .values({ page: seal(page, keys) })
        .compile(),
    ),
  );
}

export async function endCollection(application: Session, note: SoughtNote): Promise<void> {
  const { personal, endpoints, prints, isCut } = note;
  const row = { personal, endpoints, prints, is_cut: isCut ? 1 : 0 };
  await application.execute(dbOf(application).insertInto('sought_note').values(row).compile());
}

/** Whether a collection has come to its end on this copy. */
export async function readNote(application: ReadSession): Promise<SoughtNote | undefined> {
  if (!(await hasTable(application, 'sought_note'))) return undefined;
  const [row] = await application.select(dbOf(application).selectFrom('sought_note').selectAll().compile());
  if (row === undefined) return undefined;
  const { is_cut: isCut, ...counts } = noteRow.parse(row);
  return { ...counts, isCut: isCut === 1 };
}

const count = z.coerce.number();
const noteRow = z.object({ personal: count, endpoints: count, prints: count, is_cut: count });

/**
 * What is sought, ready for the scanner; `undefined` where nothing was collected, or its key is gone.
 * @throws SearchImpossibleError where something of it is missing: the rest would be searched as if it were everything
 */
export async function readSought({
  application,
  financialReporting,
}: CopySessions<ReadSession>): Promise<{ readonly set: SoughtSet; readonly note: SoughtNote } | undefined> {
  const note = await readNote(application);
  if (note === undefined || !(await hasTable(financialReporting, 'sought_key'))) return undefined;
  const [row] = await financialReporting.select(
    dbOf(financialReporting).selectFrom('sought_key').selectAll().compile(),
  );
  if (row === undefined) return undefined;
  const keys = keysFrom(Buffer.from(keyRow.parse(row).key_bytes));
  const maker = makeSoughtSet(keys, note.prints);
  let prints = 0;
  let leaps: Leaps | undefined;
  await application.pour(dbOf(application).selectFrom('sought').select('page').compile(), {
    field(_, bytes, from, to) {
      const page = readPage(opened(bytes.subarray(from, to), keys));
      if ('leaps' in page) ({ leaps } = page);
      else {
        prints += page.prints.length / PRINT_NUMBERS;
        if (prints <= note.prints) maker.add(page.prints);
      }
    },
    row: () => undefined,
  });
  // Without leaps everything would be leapt over.
  if (leaps === undefined || prints !== note.prints) throw new SearchImpossibleError(NOT_AS_IT_WAS);
  return { set: maker.with(leaps), note };
}

const NOT_AS_IT_WAS = 'is no longer noted as it was';

function opened(page: Buffer, keys: Keys): Buffer {
  try {
    return unseal(page, keys);
  } catch (cause) {
    throw new SearchImpossibleError(NOT_AS_IT_WAS, { cause });
  }
}

const keyRow = z.object({ key_bytes: z.instanceof(Uint8Array) });

const dbOf = ({ dialect }: ReadSession) => offlineBuilder(dialect).withSchema(LEDGER_SCHEMA);

const statements = (dialect: Dialect, texts: readonly string[]): readonly CompiledQuery[] =>
  texts.map((text) => sql.raw(text).compile(offlineBuilder(dialect)));

const SCHEMA = {
  postgres: 'CREATE SCHEMA IF NOT EXISTS rewind',
  mssql: "IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')",
} as const;

const drops = (dialect: Dialect) =>
  statements(dialect, [
    SCHEMA[dialect],
    'DROP TABLE IF EXISTS rewind.sought_note',
    'DROP TABLE IF EXISTS rewind.sought',
  ]);

const creates = (dialect: Dialect) =>
  statements(dialect, [
    `CREATE TABLE rewind.sought (page ${dialect === 'mssql' ? 'varbinary(max)' : 'bytea'} NOT NULL)`,
    'CREATE TABLE rewind.sought_note (personal bigint NOT NULL, endpoints bigint NOT NULL, prints bigint NOT NULL, is_cut int NOT NULL)',
  ]);

const dropsOfKey = (dialect: Dialect) =>
  statements(dialect, [SCHEMA[dialect], 'DROP TABLE IF EXISTS rewind.sought_key']);

const createsKey = (dialect: Dialect) =>
  statements(dialect, [
    `CREATE TABLE rewind.sought_key (key_bytes ${dialect === 'mssql' ? 'varbinary(64)' : 'bytea'} NOT NULL)`,
  ]);

async function hasTable(session: ReadSession, table: string): Promise<boolean> {
  const text =
    session.dialect === 'mssql'
      ? `SELECT COUNT(*) AS n FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = N'rewind' AND t.name = N'${table}'`
      : `SELECT count(*) AS n FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace WHERE s.nspname = 'rewind' AND c.relname = '${table}'`;
  const [row] = await ask(session, z.object({ n: z.coerce.number() }), text);
  return (row?.n ?? 0) > 0;
}
