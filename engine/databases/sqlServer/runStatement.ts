import type { Connection, Request } from 'tedious';
import type { Said } from './classify.ts';
import { loadTedious } from './drivers.ts';
import type { Statement, StatementValue } from './statement.ts';

/** A message that is no error: progress of a RESTORE, a warning. */
export interface Info {
  readonly number: number;
  readonly message: string;
}

interface RunOptions {
  /** 0: none. */
  readonly timeoutMs: number;
  /** Cancels the statement; the session stays usable where the server says that it has heard of it. */
  readonly signal?: AbortSignal | undefined;
  readonly onInfo?: ((info: Info) => void) | undefined;
  /** Takes the rows instead of the answer, one by one. What it throws cancels the statement. */
  readonly onRow?: ((values: readonly unknown[]) => void) | undefined;
}

interface Answer {
  /** Of the first result. */
  readonly rows: readonly unknown[];
  /** By the last statement. */
  readonly rowsAffected: number;
}

/** A statement was not carried out, or it is unknown what became of it: then the server has said nothing. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  /** Every error of the server, in its order: the driver's own has lost those before the connection broke. */
  readonly said: readonly Said[];

  constructor(said: readonly Said[], cause?: unknown) {
    super('The statement was not carried out', { cause });
    this.said = said;
  }
}

/**
 * `connection` is nobody else's meanwhile.
 * @throws StatementError
 */
export async function runStatement(
  connection: Connection,
  { text, parameters = {} }: Statement,
  { timeoutMs, signal, onInfo, onRow }: RunOptions,
): Promise<Answer> {
  const said: Said[] = [];
  const note = ({ number, state, class: severity, message }: Said & { readonly class: number }) =>
    said.push({ number, state, severity, message });
  const inform = (info: Info) => onInfo?.(info);
  const rows: unknown[] = [];
  let results = 0;
  let rowsAffected = 0;
  const count = (affected: number | undefined) => (rowsAffected = affected ?? rowsAffected);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = new (loadTedious().Request)(text, (error) =>
    error ? reject(new StatementError(said, error)) : resolve({ rows, rowsAffected }),
  );
  request.on('columnMetadata', () => (results += 1));
  let failure: unknown;
  request.on('row', (columns: readonly Column[]) => {
    if (onRow === undefined) return void (results === 1 && rows.push(rowOf(columns)));
    if (failure !== undefined) return;
    try {
      onRow(columns.map(({ value }) => value));
    } catch (error) {
      failure = error ?? new Error('A row was not taken');
      request.cancel();
    }
  });
  request.on('doneInProc', count).on('done', count);
  request.setTimeout(timeoutMs);
  for (const [name, value] of Object.entries(parameters)) addParameter(request, name, value);
  const cancel = () => request.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  connection.on('errorMessage', note).on('infoMessage', inform);
  try {
    connection.execSql(request);
    return await promise.catch((error: unknown) => {
      throw failure ?? error;
    });
  } finally {
    connection.off('errorMessage', note).off('infoMessage', inform);
    signal?.removeEventListener('abort', cancel);
  }
}

interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

const rowOf = (columns: readonly Column[]) =>
  Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value]));

/** A length beyond what a type holds in a row is `max`. */
const MAX = 65_535;

function addParameter(request: Request, name: string, value: StatementValue): void {
  const { TYPES } = loadTedious();
  if (value === null || typeof value === 'string') return request.addParameter(name, TYPES.NVarChar, value);
  if (typeof value === 'boolean') return request.addParameter(name, TYPES.Bit, value);
  // datetime would round to 1/300 s, and knows no year before 1753.
  if (value instanceof Date) return request.addParameter(name, TYPES.DateTime2, value, { scale: 7 });
  if (Buffer.isBuffer(value)) return request.addParameter(name, TYPES.VarBinary, value, { length: MAX });
  // As a float, a number beyond 32 bits would lose its last digits.
  if (!(Math.abs(value) < 2 ** 31)) return request.addParameter(name, TYPES.BigInt, BigInt(value));
  request.addParameter(name, Number.isInteger(value) ? TYPES.Int : TYPES.Float, value);
}
