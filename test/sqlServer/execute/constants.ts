import { toDatetimeTick, toDateText } from '../sql/dates.ts';
import { int, nvarchar, type SqlType, type Value } from '../sql/types.ts';
import { toLocal } from '../state/serverTime.ts';
import type { Context } from './context.ts';

type Constant = (context: Context) => { value: Value; type: SqlType };

/** Variables of the server, in lower case. */
export const systemVariables: Readonly<Record<string, Constant>> = {
  '@@spid': ({ session }) => ({ value: session.id, type: { name: 'smallint' } }),
  '@@trancount': ({ session }) => ({ value: session.transaction?.depth ?? 0, type: int }),
  '@@rowcount': ({ counters }) => ({ value: counters.rowCount, type: int }),
  '@@error': ({ counters }) => ({ value: counters.error, type: int }),
  '@@servername': ({ server }) => ({ value: server.name, type: nvarchar(128) }),
  '@@version': ({ server }) => ({
    value: `Microsoft SQL Server stand-in for tests, answering as version ${server.version[0]} (${server.edition})`,
    type: nvarchar(300),
  }),
  '@@options': ({ server }) => ({ value: server.userOptions, type: int }),
  '@@lock_timeout': () => ({ value: -1, type: int }),
};

/** Functions that have one value during a statement: so the log can run the statement again with the same. */
export const constants: Readonly<Record<string, Constant>> = {
  GETDATE: ({ server }) => ({ value: toLocal(server, server.now()), type: { name: 'datetime' } }),
  GETUTCDATE: ({ server }) => ({ value: toDateText(toDatetimeTick(server.now())), type: { name: 'datetime' } }),
  SYSDATETIME: ({ server }) => ({
    value: toDateText(server.now() + server.zone * 900_000),
    type: { name: 'datetime2' },
  }),
  SYSUTCDATETIME: ({ server }) => ({ value: toDateText(server.now()), type: { name: 'datetime2' } }),
  SYSDATETIMEOFFSET: ({ server }) => ({ value: toDateText(server.now()), type: { name: 'datetimeoffset' } }),
  XACT_STATE: ({ session }) => ({
    value: session.transaction ? (session.transaction.isDoomed ? -1 : 1) : 0,
    type: { name: 'smallint' },
  }),
  ERROR_NUMBER: ({ caught }) => ({ value: caught?.number ?? null, type: int }),
  ERROR_SEVERITY: ({ caught }) => ({ value: caught?.severity ?? null, type: int }),
  ERROR_STATE: ({ caught }) => ({ value: caught?.state ?? null, type: int }),
  ERROR_LINE: ({ caught }) => ({ value: caught ? 1 : null, type: int }),
  ERROR_MESSAGE: ({ caught }) => ({ value: caught?.message ?? null, type: nvarchar(4000) }),
};
