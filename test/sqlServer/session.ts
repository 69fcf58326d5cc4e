import { BatchEnd, variableNamed, type Context } from './execute/context.ts';
import { runText } from './execute/runBatch.ts';
import type { Faults } from './faults.ts';
import { SqlError, sqlError } from './sql/sqlError.ts';
import type { Server, Session } from './state/model.ts';
import {
  begin,
  closeSession,
  commit,
  databaseNamed,
  enterDatabase,
  obstacle,
  requireTransaction,
  rollback,
} from './state/sessions.ts';
import { runProcedure } from './statements/procedures.ts';
import type { BackendSession } from './tds/connection.ts';
import type { Parameter } from './tds/readParameter.ts';
import type { Reply } from './tds/reply.ts';

/** One statement as a client sent it, and how it ended. */
export interface RecordedStatement {
  readonly session: number;
  readonly login: string;
  readonly programName: string;
  /** The session's database when the statement began. */
  readonly database: string;
  readonly text: string;
  /** `done`, the numbers of its errors, or `stopped` when its session ended or cancelled it. */
  outcome: 'running' | 'done' | 'stopped' | readonly number[];
}

export interface Recorder {
  readonly statements: RecordedStatement[];
  readonly faults: Faults;
}

/** What a client's requests do. */
export function serveSession(server: Server, session: Session, { statements, faults }: Recorder): BackendSession {
  const contextOf = (reply: Reply, signal: AbortSignal): Context => {
    let current = '';
    const context: Context = {
      server,
      session,
      reply,
      signal,
      variables: new Map(),
      counters: { returnStatus: 0, rowCount: 0 },
      runText,
      reached: (percent) => faults.strike(session, current, percent, signal),
      async observed(text, run) {
        current = text;
        const { login, programName, database } = session;
        const record: RecordedStatement = {
          session: session.id,
          login: login.name,
          programName,
          database: database.name,
          text,
          outcome: 'running',
        };
        statements.push(record);
        session.request = {
          command: text.split(/\s/, 1)[0]?.toUpperCase() ?? '',
          startedAt: server.now(),
          percent: 0,
          text,
        };
        try {
          await faults.strike(session, text, 'before', signal);
          await run();
          await faults.strike(session, text, 'after', signal);
          record.outcome = 'done';
        } catch (error) {
          record.outcome =
            error instanceof SqlError
              ? error.messages.map(({ number }) => number)
              : error instanceof BatchEnd
                ? 'done'
                : 'stopped';
          throw error;
        } finally {
          session.request = undefined;
        }
      },
    };
    return context;
  };

  const guarded = async (reply: Reply, run: () => Promise<number>): Promise<number> => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof BatchEnd) return 0;
      if (!(error instanceof SqlError)) throw error;
      for (const message of error.messages) reply.message(message);
      reply.done({ isError: true });
      return 1;
    }
  };

  return {
    get database() {
      return session.database.name;
    },
    async batch(text, reply, signal) {
      await guarded(reply, async () => {
        await runText(text, contextOf(reply, signal));
        return 0;
      });
    },
    call: (call, reply, signal) =>
      guarded(reply, async () => {
        const context = contextOf(reply, signal);
        for (const { name, type, value, isOutput } of call.parameters)
          context.variables.set(keyOf(name), { type, value, isOutput });
        const run = () =>
          runProcedure(
            context,
            call.name.replaceAll(/[[\]]/g, '').split('.').at(-1)?.toLowerCase() ?? '',
            call.parameters.map((parameter) => operandOf(context, parameter)),
          );
        const isText = call.name === 'sp_executesql';
        let status = 0;
        if (isText) status = await run();
        else
          await context.observed(`EXEC ${call.name}`, async () => {
            status = await run();
          });
        for (const { name, type, isOutput } of call.parameters)
          if (isOutput) reply.returnValue(name, type, variableNamed(context, keyOf(name)).value);
        return status;
      }),
    async transaction(request, reply) {
      await guarded(reply, async () => {
        const descriptor = session.transaction?.descriptor ?? 0n;
        if (request.kind === 'begin') {
          if (/^[^\p{L}_@#]/u.test(request.name)) throw sqlError(102, `Incorrect syntax near '${request.name}'.`);
          begin(session);
          reply.changeTransaction('begin', session.transaction?.descriptor ?? 0n);
        } else if (request.kind === 'commit') {
          if (commit(session)) reply.changeTransaction('commit', descriptor);
        } else if (request.kind === 'rollback') {
          requireTransaction(session);
          rollback(session);
          reply.changeTransaction('rollback', descriptor);
        }
        reply.done();
        return 0;
      });
    },
    reset() {
      rollback(session);
      session.isXactAbort = false;
      session.temporaryTables.clear();
      const first = databaseNamed(server, session.initialDatabase);
      if (session.database !== first && !obstacle(session, first)) enterDatabase(session, first);
    },
    close: () => closeSession(session),
  };
}

const keyOf = (name: string) => name.toLowerCase();

function operandOf(context: Context, { name, type, value }: Parameter) {
  return {
    name: keyOf(name),
    type,
    value,
    setOutput: (given: Parameter['value']) => {
      context.variables.set(keyOf(name), { type, value: given, isOutput: true });
    },
  };
}
