import { type Connection, type ConnectionConfiguration, Request, TYPES } from 'tedious';
import { openPool } from '../../engine/databases/sqlServer/pool.ts';
import type { StandIn } from './standIn.ts';

type Row = Readonly<Record<string, unknown>>;
type Inputs = Readonly<Record<string, unknown>>;

/** What a request met: number and text of every message, in the order in which they came. */
export interface Outcome {
  readonly rows: readonly Row[];
  readonly results: readonly (readonly Row[])[];
  readonly rowsAffected: readonly number[];
  readonly returnValue: number | undefined;
  readonly errors: readonly number[];
  readonly messages: readonly string[];
  readonly infos: readonly Said[];
}

interface Said {
  readonly number: number;
  readonly message: string;
}

interface Wish {
  /** Stops the statement, which then rejects as the driver does. */
  readonly signal?: AbortSignal;
  readonly onInfo?: (info: Said) => void;
  /** Parameters whose type is not that of their value. */
  readonly declare?: (request: Request) => void;
}

/** One connection of tedious, which is one session; another is opened when the server has ended it. */
export interface Client extends AsyncDisposable {
  /** @throws what the driver rejects with where the server has said nothing */
  run(text: string, inputs?: Inputs, wish?: Wish): Promise<Outcome>;
  /** The same as one batch, without sp_executesql around it. */
  batch(text: string): Promise<Outcome>;
  call(procedure: string, inputs: Inputs): Promise<Outcome>;
  /** Requests to the transaction manager, as drivers make them. */
  transaction(request: 'begin' | 'commit' | 'rollback'): Promise<void>;
  close(): Promise<void>;
}

interface More {
  readonly server?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly options?: ConnectionConfiguration['options'];
}

export function connectTo(standIn: StandIn, login = 'sa', wanted?: string, more: More = {}): Promise<Client> {
  const { server, user, password, port, database, options } = { ...standIn.settings(login, wanted), ...more };
  return openClient({
    server,
    authentication: { type: 'default', options: { userName: user, password } },
    options: { port, database, ...options },
  });
}

export async function openClient(settings: ConnectionConfiguration): Promise<Client> {
  const pool = openPool(settings, { most: 1, idleTimeoutMs: 30_000 });
  const close = async () => void (await pool.destroy());

  async function lent<Result>(use: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection = await pool.acquire().promise;
    try {
      return await use(connection);
    } finally {
      pool.release(connection);
    }
  }

  await lent(() => Promise.resolve()).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    run: (text, inputs, wish) =>
      lent((connection) => send(connection, text, (request) => connection.execSql(request), { inputs, ...wish })),
    batch: (text) => lent((connection) => send(connection, text, (request) => connection.execSqlBatch(request), {})),
    call: (procedure, inputs) =>
      lent((connection) => send(connection, procedure, (request) => connection.callProcedure(request), { inputs })),
    transaction: (request) =>
      lent(
        (connection) =>
          new Promise((resolve, reject) => {
            connection[`${request}Transaction`]((error) => (error ? reject(error) : resolve()));
          }),
      ),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

async function send(
  connection: Connection,
  text: string,
  go: (request: Request) => void,
  { inputs = {}, signal, onInfo, declare }: Wish & { readonly inputs?: Inputs | undefined },
): Promise<Outcome> {
  const results: Row[][] = [];
  const rowsAffected: number[] = [];
  const said: Said[] = [];
  const infos: Said[] = [];
  let returnValue: number | undefined;
  const note = ({ number, message }: Said) => said.push({ number, message });
  const inform = ({ number, message }: Said) => {
    infos.push({ number, message });
    onInfo?.({ number, message });
  };
  connection.on('errorMessage', note).on('infoMessage', inform);
  try {
    await new Promise<void>((resolve, reject) => {
      const request = new Request(text, (error) => (error && said.length === 0 ? reject(error) : resolve()));
      const count = (affected: number | undefined) => affected !== undefined && rowsAffected.push(affected);
      request.on('columnMetadata', () => results.push([]));
      request.on('row', (columns: readonly Column[]) => {
        results.at(-1)?.push(Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value])));
      });
      request.on('doneInProc', count).on('done', count);
      request.on('doneProc', (_count, _more, status) => (returnValue = status));
      for (const [name, value] of Object.entries(inputs)) request.addParameter(name, typeOf(value), value);
      declare?.(request);
      signal?.addEventListener('abort', () => request.cancel(), { once: true });
      go(request);
    });
  } finally {
    connection.off('errorMessage', note).off('infoMessage', inform);
  }
  const failed = said.length > 0;
  return {
    rows: failed ? [] : (results[0] ?? []),
    results: failed ? [] : results,
    rowsAffected: failed ? [] : rowsAffected,
    returnValue,
    errors: said.map(({ number }) => number),
    messages: said.map(({ message }) => message),
    infos,
  };
}

function typeOf(value: unknown) {
  if (typeof value === 'boolean') return TYPES.Bit;
  if (typeof value === 'number') return Number.isInteger(value) ? TYPES.Int : TYPES.Float;
  if (value instanceof Date) return TYPES.DateTime2;
  return Buffer.isBuffer(value) ? TYPES.VarBinary : TYPES.NVarChar;
}
