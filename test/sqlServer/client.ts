import mssql from 'mssql';
import type { StandIn } from './standIn.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a request met: number and text of every message, in the order in which they came. */
export interface Outcome {
  readonly rows: readonly Row[];
  readonly results: readonly (readonly Row[])[];
  readonly rowsAffected: readonly number[];
  /** Numbers of the errors; the last is the one that the driver rejects with. */
  readonly errors: readonly number[];
  readonly messages: readonly string[];
  readonly infos: readonly { readonly number: number; readonly message: string }[];
}

/** One connection of mssql, which is one session. */
export interface Client extends AsyncDisposable {
  readonly pool: mssql.ConnectionPool;
  run(text: string, inputs?: Readonly<Record<string, unknown>>): Promise<Outcome>;
  /** The same as one batch, without sp_executesql around it. */
  batch(text: string): Promise<Outcome>;
}

export async function connectTo(standIn: StandIn, login = 'sa', database?: string, more: object = {}): Promise<Client> {
  const pool = new mssql.ConnectionPool({ ...standIn.settings(login, database), pool: { min: 0, max: 1 }, ...more });
  // A session that the server ends reports it to the pool as well.
  pool.on('error', () => {});
  await pool.connect();
  // Connecting only tries a session out; the first request opens the one that stays.
  await pool.request().batch('SELECT 1 AS connected');
  const send = async (go: (request: mssql.Request) => Promise<mssql.IResult<Row>>): Promise<Outcome> => {
    const request = pool.request();
    const infos: { number: number; message: string }[] = [];
    request.on('info', ({ number, message }: { number: number; message: string }) => infos.push({ number, message }));
    try {
      const { recordsets, rowsAffected } = await go(request);
      // `recordsets` is an array unless rows were asked for as arrays.
      const results = recordsets as unknown as Row[][];
      return { rows: results[0] ?? [], results, rowsAffected, errors: [], messages: [], infos };
    } catch (error) {
      // Only what the server itself has said counts as its answer.
      if (!(error instanceof mssql.RequestError) || typeof error.number !== 'number') throw error;
      // The types of mssql do not know the errors before the last one.
      const { precedingErrors } = error as mssql.RequestError & {
        readonly precedingErrors: readonly mssql.RequestError[];
      };
      const all = [...precedingErrors, error];
      const errors = all.map(({ number }) => number ?? 0);
      return { rows: [], results: [], rowsAffected: [], errors, messages: all.map(({ message }) => message), infos };
    }
  };
  return {
    pool,
    run: (text, inputs = {}) =>
      send((request) => {
        for (const [name, value] of Object.entries(inputs)) request.input(name, value);
        return request.query<Row>(text);
      }),
    batch: (text) => send((request) => request.batch<Row>(text)),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
