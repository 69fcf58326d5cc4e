import type { CompiledQuery } from 'kysely';
import { type Client, type Connection, escapeLiteral } from 'pg';
import type { FieldSink } from '../../environments/provider.ts';
import { takeRows } from './takeRows.ts';

/**
 * COPY hands rows over as the server has them, one message a row, and the socket waits while they are being looked at: nothing gathers
 * here. A submittable of the driver, which resolves once the last row was told.
 */
export function pour(client: Client, query: CompiledQuery, sink: FieldSink): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let failure: unknown;
  const read = createRowReader(sink);
  const take = (bytes: Buffer, from: number, to: number) => {
    if (failure !== undefined) return;
    try {
      read(bytes, from, to);
    } catch (error) {
      failure = error ?? new Error('A row was not taken');
    }
  };
  // The driver calls these by name.
  const submittable = {
    submit(connection: Connection) {
      takeRows(connection.stream, take);
      connection.query(`COPY (${withValues(query)}) TO STDOUT (FORMAT binary)`);
    },
    handleCommandComplete: () => undefined,
    handleError: reject,
    handleReadyForQuery: () => (failure === undefined ? resolve() : reject(failure)),
  };
  client.query(submittable);
  return promise;
}

/** Signature, flags, and the length of an extension that there is none of. */
const HEADER = 19;

/** Number of the fields, and each with its length in front; -1 is NULL, and as a number of fields the end. */
function createRowReader(sink: FieldSink) {
  let isFirst = true;
  return (bytes: Buffer, from: number, to: number): void => {
    let at = isFirst ? from + HEADER : from;
    isFirst = false;
    while (at < to) {
      const count = (((bytes[at] ?? 0) << 24) >> 16) | (bytes[at + 1] ?? 0);
      at += 2;
      if (count < 0) return;
      for (let column = 0; column < count; column += 1) {
        const length = int32At(bytes, at);
        at += 4;
        if (length < 0) continue;
        sink.field(column, bytes, at, at + length);
        at += length;
      }
      sink.row();
    }
  };
}

/** The runtime's own way looks at its operands first, which takes longer than reading a short field. */
const int32At = (bytes: Buffer, at: number): number =>
  ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);

/** COPY takes no parameters. What stands in quotation marks is no place of one. */
function withValues({ sql, parameters }: CompiledQuery): string {
  return sql.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\$(\d+)/g, (found: string, number?: string) =>
    number === undefined ? found : literalOf(parameters[Number(number) - 1]),
  );
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`;
  if (typeof value === 'string') return escapeLiteral(value);
  throw new TypeError(`a value of type ${typeof value} has no place in a statement`);
}
