import type { Session } from '../../../../engine/environments/provider.ts';
import { engineSession } from '../../../sqlServer/engineSession.ts';
import { connectTo } from '../../../sqlServer/client.ts';
import { startStandIn } from '../../../sqlServer/standIn.ts';
import type { TestServer } from '../testDatabase.ts';
import type { Dialect, TableName } from './smallSandbox.ts';

export interface Database extends AsyncDisposable {
  readonly session: Session;
  run(...statements: readonly string[]): Promise<void>;
  rows(table: TableName, columns: string, order: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

type Pair = { readonly living: Database; readonly copy: Database } & AsyncDisposable;

/** The sandbox in use and the copy beside it, on the real server or on the stand-in. */
export const twoDatabases = (postgres: () => TestServer): Readonly<Record<Dialect, () => Promise<Pair>>> => ({
  async postgres() {
    const open = async (): Promise<Database> => {
      const database = await postgres().emptyDatabase('select 1');
      return {
        session: database.session,
        run: async (...statements) => {
          for (const each of statements) await database.rows(each);
        },
        rows: (table, columns, order) =>
          database.rows(
            `SELECT ${columns
              .split(', ')
              .map((each) => `"${each}"`)
              .join(', ')} FROM "${table}" ORDER BY "${order}"`,
          ),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      };
    };
    const [living, copy] = [await open(), await open()];
    return {
      living,
      copy,
      async [Symbol.asyncDispose]() {
        await living[Symbol.asyncDispose]();
        await copy[Symbol.asyncDispose]();
      },
    };
  },
  async mssql() {
    const server = await startStandIn({});
    const open = async (name: string): Promise<Database> => {
      await server.administer('master', `CREATE DATABASE ${name}`);
      const client = await connectTo(server, 'sa', name);
      return {
        session: engineSession(client),
        run: async (...statements) => {
          for (const each of statements) await server.administer(name, each);
        },
        rows: async (table, columns, order) =>
          (await client.run(`SELECT ${columns} FROM dbo.${table} ORDER BY ${order}`)).rows,
        [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
      };
    };
    const [living, copy] = [await open('living'), await open('copy_of')];
    return {
      living,
      copy,
      async [Symbol.asyncDispose]() {
        await living[Symbol.asyncDispose]();
        await copy[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  },
});
