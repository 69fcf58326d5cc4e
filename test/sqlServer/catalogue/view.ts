import type { Server, Session } from '../state/model.ts';
import type { Database } from '../state/databaseModel.ts';
import type { Value, Values } from '../sql/types.ts';

/** A catalogue view or a table of msdb. */
export interface View {
  /** `sys.databases`, `msdb.dbo.backupset`, `information_schema.tables`. */
  readonly name: string;
  /** Types as they are declared, by the names of the columns. */
  readonly columns: Readonly<Record<string, string>>;
  /** Without it the view is empty but for the session itself, or refused. */
  readonly needs?: 'VIEW SERVER STATE';
  readonly rows: (look: Look) => readonly Values[];
}

/** Who looks, from where. */
export interface Look {
  readonly server: Server;
  readonly session: Session;
  readonly database: Database;
}

/** A view of which this double keeps rows only when a test has put them there (`server.otherRows`). */
export function keptView(name: string, columns: Readonly<Record<string, string>>): View {
  return { name, columns, rows: () => [] };
}

export function flag(isTrue: boolean): Value {
  return isTrue ? 1 : 0;
}
