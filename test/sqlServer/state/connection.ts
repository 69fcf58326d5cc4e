import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { castDeclared, fit } from '../sql/casts.ts';
import { pureFunctions } from '../sql/functions.ts';
import { isLike } from '../sql/like.ts';
import { SqlError, sqlError } from '../sql/sqlError.ts';
import type { Value } from '../sql/types.ts';

/** One session's view of one database's tables. */
export interface Connection {
  readonly db: DatabaseSync;
  /** Whether BEGIN was sent: the first change of a transaction does it, so that until then every statement reads what is committed. */
  isInTransaction: boolean;
  /** Whether SQLite keeps foreign keys here. */
  keepsKeys: boolean;
}

export type Parameters = Readonly<Record<string, Value>>;
type Functions = Readonly<Record<string, (...operands: readonly Value[]) => Value>>;

/** Opens a SQLite file with T-SQL's functions. WAL lets sessions read the last commit while another one writes. */
export function openConnection(path: string, functions: Functions = {}): Connection {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON');
  const define = (name: string, run: (...operands: readonly Value[]) => Value) => {
    db.function(name, { varargs: true, useBigIntArguments: true, deterministic: false }, (...operands) =>
      toSqlite(run(...operands.map(narrow))),
    );
  };
  db.function('tsql_key', { deterministic: true }, (value) =>
    typeof value === 'string' ? value.trimEnd().toLowerCase() : value,
  );
  define('tsql_cast', (value, from, to, style, isTry) =>
    castDeclared(value ?? null, String(from), String(to), Number(style), Number(isTry) === 1),
  );
  define('tsql_fit', (value, type, column) => fit(value ?? null, String(type), String(column)));
  define('tsql_like', (text, pattern, escape) =>
    text === null || pattern === null ? null : Number(isLike(String(text), String(pattern), String(escape ?? ''))),
  );
  define('tsql_bytes', (one, other) =>
    one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.concat([one, other]) : null,
  );
  // One character for each byte, as the conversion of varchar to varbinary takes them.
  define('tsql_utf8', (text) => (typeof text === 'string' ? Buffer.from(text).toString('latin1') : null));
  for (const [name, { run }] of Object.entries(pureFunctions)) define(`fn_${name}`, run);
  for (const [name, run] of Object.entries(functions)) define(name, run);
  return { db, isInTransaction: false, keepsKeys: true };
}

/** Runs a statement that gives rows. @throws SqlError */
export function query({ db }: Connection, text: string, parameters: Parameters): readonly (readonly Value[])[] {
  return translated(() => {
    const statement = prepare(db, text);
    statement.setReturnArrays(true);
    // With `setReturnArrays` a row is an array of its values, which the types of node:sqlite do not say.
    return statement.all(toInput(parameters)) as unknown as Value[][];
  });
}

/** Runs a statement that changes something. @throws SqlError */
export function change({ db }: Connection, text: string, parameters: Parameters): number {
  return translated(() => Number(prepare(db, text).run(toInput(parameters)).changes));
}

function prepare(db: DatabaseSync, text: string): StatementSync {
  const statement = db.prepare(text);
  statement.setReadBigInts(true);
  return statement;
}

function toInput(parameters: Parameters): Record<string, SQLInputValue> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toSqlite(value)]));
}

/** node:sqlite would bind whole numbers as floating-point ones, which a text column keeps as `8.0`. */
export function toSqlite(value: Value): SQLInputValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Whole numbers come as BigInt from SQLite; small ones are easier to handle as numbers. */
export function narrow(value: Value): Value {
  return typeof value === 'bigint' && value < 2n ** 53n && value > -(2n ** 53n) ? Number(value) : value;
}

function translated<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof SqlError || !(error instanceof Error)) throw error;
    throw translate(error.message);
  }
}

/** What SQLite says, as SQL Server would. */
function translate(message: string): SqlError {
  const unique = /UNIQUE constraint failed: (?:index ')?([^\s,.]+)\./.exec(message);
  if (unique)
    return sqlError(
      2627,
      `Violation of PRIMARY KEY or UNIQUE KEY constraint. Cannot insert duplicate key in object 'dbo.${unique[1] ?? ''}'.`,
      { severity: 14 },
    );
  const notNull = /NOT NULL constraint failed: ([^\s.]+)\.(\S+)/.exec(message);
  if (notNull)
    return sqlError(
      515,
      `Cannot insert the value NULL into column '${notNull[2] ?? ''}', table 'dbo.${notNull[1] ?? ''}'; column does not allow nulls.`,
    );
  if (message.includes('FOREIGN KEY constraint failed'))
    return sqlError(547, 'The statement conflicted with a FOREIGN KEY constraint.');
  const check = /CHECK constraint failed: (\S+)/.exec(message);
  if (check) return sqlError(547, `The INSERT statement conflicted with the CHECK constraint "${check[1] ?? ''}".`);
  const exists = /(?:table|index) (\S+) already exists/.exec(message);
  if (exists)
    return sqlError(
      2714,
      `There is already an object named '${(exists[1] ?? '').replaceAll('"', '')}' in the database.`,
    );
  return sqlError(50_000, `not emulated: SQLite says “${message}”`);
}
