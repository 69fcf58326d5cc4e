import type { Context } from './execute/context.ts';
import { runText } from './execute/runBatch.ts';
import { SqlError } from './sql/sqlError.ts';
import type { Value, Values } from './sql/types.ts';
import type { Server } from './state/model.ts';
import { narrow } from './state/connection.ts';
import { closeSession, databaseNamed, newSession, openSession } from './state/sessions.ts';
import type { Column, Reply, ServerMessage } from './tds/reply.ts';

/** @returns the rows of all results, one after the other. */
export type Administer = (database: string, text: string) => Promise<readonly Values[]>;

export function administer(server: Server): Administer {
  return async (databaseName, text) => {
    const database = databaseNamed(server, databaseName);
    const sa = server.logins[0];
    if (!sa) throw new RangeError('A server always has its login sa');
    const session = newSession(server, sa, database, {
      hostName: 'console',
      programName: 'administer',
      processId: 0,
      isEncrypted: false,
      initialDatabase: database.name,
      kill: () => undefined,
      cut: () => undefined,
    });
    openSession(session, database);
    const rows: Values[] = [];
    const errors: ServerMessage[] = [];
    const context: Context = {
      server,
      session,
      reply: collectingReply(rows, errors),
      signal: new AbortController().signal,
      variables: new Map(),
      counters: { returnStatus: 0, rowCount: 0 },
      runText,
      observed: (_, run) => run(),
      reached: async () => undefined,
    };
    try {
      await runText(text, context);
    } catch (error) {
      if (errors.length === 0) throw error;
    } finally {
      closeSession(session);
    }
    if (errors.length > 0) throw new SqlError(errors);
    return rows;
  };
}

function collectingReply(rows: Values[], errors: ServerMessage[]): Reply {
  const nothing = () => undefined;
  return {
    columns: nothing,
    row(columns: readonly Column[], values: readonly Value[]) {
      rows.push(Object.fromEntries(columns.map(({ name }, at) => [name, narrow(values[at] ?? null)])));
    },
    message(message) {
      if (message.severity > 10) errors.push(message);
    },
    done: nothing,
    changeDatabase: nothing,
    changeTransaction: nothing,
    returnValue: nothing,
    raw: nothing,
    flush: nothing,
    end: nothing,
  };
}
