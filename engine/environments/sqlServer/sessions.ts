import type { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { DatabaseRole, Source } from '../../contracts.ts';
import type { Servers } from '../../databases/sqlServer/servers.ts';
import type { ReadSession, Session } from '../provider.ts';
import type { Typed } from '../typedSettings.ts';
import { pourRow } from './pourRow.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import { ReadOnlySessionError } from './errors.ts';
import { change, execute, executeTogether } from './fence.ts';
import { ServerSettingsError } from '../../databases/sqlServer/errors.ts';
import { type Connection, openLongConnection } from '../../databases/sqlServer/connection.ts';
import type { Guard, Statement, StatementValue } from '../../databases/sqlServer/statement.ts';
import { isOneQuestion } from './oneQuestion.ts';

const anyRow = z.record(z.string(), z.unknown());

/** Every statement is a transaction of its own that a worker with a stale fence cannot get into. */
export async function openSession(
  address: ServerAddress,
  database: string,
  { guard, signal }: { readonly guard: Guard; readonly signal: AbortSignal },
): Promise<Session> {
  const connection = await openLongConnection(address, database);
  const options = { doing: `writing to ${database}`, signal };
  return {
    ...readSession(connection, database, { signal }),
    execute: async (query) => ({ rowCount: await execute(connection, guard, statementOf(query), options) }),
    executeTogether: (queries) => executeTogether(connection, guard, queries.map(statementOf), options),
    maintain: async ({ sql }) => change(connection, guard, [sql], options),
  };
}

export async function openSandboxReader(
  address: ServerAddress,
  database: string,
  signal?: AbortSignal,
): Promise<ReadSession> {
  return readSession(await openLongConnection(address, database), database, { signal });
}

/** Writing is refused by the type, by the form of the statement, and by the rights of the login. */
export async function openReadSession(source: string, address: ServerAddress, database: string): Promise<ReadSession> {
  const connection = await openLongConnection({ ...address, config: readOnly(address) }, database);
  return readSession(connection, database, {
    check(text) {
      if (!isOneQuestion(text)) throw new ReadOnlySessionError(source);
    },
  });
}

/** @throws ServerSettingsError for a source that names no login that reads it. */
export async function openSourceReader(
  { name, databases, settings: { reader } }: Typed<Source, { readonly reader?: string | undefined }>,
  database: DatabaseRole,
  servers: Servers,
): Promise<ReadSession> {
  if (reader === undefined)
    throw new ServerSettingsError(name, 'they name no `reader`, and a fact is to be measured there');
  return openReadSession(name, servers.address(reader), databases[database]);
}

interface Reading {
  readonly check?: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export function readSession(connection: Connection, database: string, { check, signal }: Reading): ReadSession {
  const options = { doing: `reading from ${database}`, ...(signal ? { signal } : {}) };
  return {
    dialect: 'mssql',
    select: async <Row>(query: CompiledQuery<Row>) => {
      check?.(query.sql);
      const rows = await connection.ask(statementOf(query), anyRow, options);
      // kysely has typed the rows from the query itself.
      return rows as Row[];
    },
    async pour(query, sink) {
      check?.(query.sql);
      await connection.send(statementOf(query), { ...options, onRow: (values) => pourRow(values, sink) });
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

/** kysely's @1, @2 … are names of parameters like any others. */
export function statementOf({ sql, parameters }: CompiledQuery): Statement {
  return {
    text: sql,
    parameters: Object.fromEntries(parameters.map((value, index) => [String(index + 1), valueOf(value)])),
  };
}

function valueOf(value: unknown): StatementValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return String(value);
  if (Buffer.isBuffer(value) || value instanceof Date) return value;
  throw new ServerSettingsError('a rule', `a value of type ${typeof value} has no place in a statement`);
}

/** A secondary of an availability group that admits readers only answers those who say that they are. */
const readOnly = ({ config }: ServerAddress) => ({ ...config, options: { ...config.options, readOnlyIntent: true } });
