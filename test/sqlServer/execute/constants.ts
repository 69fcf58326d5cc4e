import { toDatetimeTick, toDateText } from '../sql/dates.ts';
import { int, type SqlType, type Value } from '../sql/types.ts';
import type { Context } from './context.ts';

type Constant = (context: Context) => { value: Value; type: SqlType };

/** Variables of the server, in lower case. */
export const systemVariables: Readonly<Record<string, Constant>> = {
  '@@spid': ({ session }) => ({ value: session.id, type: { name: 'smallint' } }),
  '@@rowcount': ({ counters }) => ({ value: counters.rowCount, type: int }),
  '@@options': ({ server }) => ({ value: server.userOptions, type: int }),
};

/** Functions that have one value during a statement: so the log can run the statement again with the same. */
export const constants: Readonly<Record<string, Constant>> = {
  GETUTCDATE: ({ server }) => ({ value: toDateText(toDatetimeTick(server.now())), type: { name: 'datetime' } }),
  SYSDATETIME: ({ server }) => ({
    value: toDateText(server.now() + server.zone * 900_000),
    type: { name: 'datetime2' },
  }),
  SYSUTCDATETIME: ({ server }) => ({ value: toDateText(server.now()), type: { name: 'datetime2' } }),
};
