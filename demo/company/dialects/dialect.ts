/** A column as the server's own catalogue lists it. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Where a table or a trigger lies; without a schema where F&O keeps its own tables. */
export interface Named {
  readonly name: string;
  readonly schema?: string;
}

/** A trigger that writes one row into `log` for every row of `table` that changes. */
export interface AuditTrigger {
  readonly name: string;
  readonly table: string;
  readonly log: string;
  /** Column of the log → SQL; `changed` stands for the row as it was. */
  readonly values: Readonly<Record<string, string>>;
}

/** What the company's SQL says differently on its two kinds of server; all the rest is written so that both read it alike. */
export interface Dialect {
  /** Where F&O keeps its own tables. */
  readonly usualSchema: string;
  /** A column as PostgreSQL declares it (`varchar(20) NOT NULL`), in this server's types. */
  column(declaration: string): string;
  /** Whether rows get their RECID from the server. Where not, whoever writes them gives it, as the kernel of F&O does. */
  readonly numbersRecords: boolean;
  /** Declares RECID. */
  readonly recId: string;
  bytes(value: Uint8Array): string;
  /** The UTF-8 of an expression of type text. */
  bytesOf(expression: string): string;
  /** An instant, some days or minutes after `start`. */
  after(start: string, unit: 'day' | 'minute', count: string): string;
  /** FROM: the whole numbers from 1 on, as `g`. */
  numbers(count: number): string;
  /** How long a text or a value of bytes is. */
  length(expression: string): string;
  /** The server's clock at the moment it is asked, UTC. */
  readonly now: string;
  createSchema(name: string): string;
  createTable(table: Named, columns: readonly string[]): string;
  createIndex(index: { readonly name: string; readonly isUnique: boolean }, table: Named, columns: string): string;
  createTrigger(trigger: AuditTrigger): readonly string[];
  createView(name: string, select: string): string;
  addColumn(table: Named, column: string, declaration: string): string;
  /** SELECT of `rows` and `checksum`, over every value of every row; the order of the rows does not matter. */
  fingerprint(table: string, columns: readonly Column[]): string;
  /** A session that reads everything as of one instant, with the settings that a row's text depends on. */
  readonly reading: { readonly isolation?: 'repeatable read'; readonly settings: readonly string[] };
  /** Makes what follows belong to the owner of the database, whoever sends it. */
  readonly asOwner: readonly string[];
  /** A query that keeps a connection busy for a moment: what a service does all day. */
  readonly beat: string;
  /** The server's number for what it refused; undefined when it was not the server that said no. */
  refusalOf(error: unknown): string | undefined;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
