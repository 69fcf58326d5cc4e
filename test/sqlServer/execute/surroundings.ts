import { constants, systemVariables } from './constants.ts';
import { views } from '../catalogue/views.ts';
import { tableFunctions } from '../catalogue/tableFunctions.ts';
import type { Look, View } from '../catalogue/view.ts';
import { plainFunctions, pureFunctions } from '../sql/functions.ts';
import { quote, type ScalarFunction, type Surroundings, type TypedColumn } from '../sql/scope.ts';
import { sqlError } from '../sql/sqlError.ts';
import { nvarchar, readType, type Value } from '../sql/types.ts';
import { toSqlite, type Connection } from '../state/connection.ts';
import type { Session } from '../state/model.ts';
import type { Database } from '../state/databaseModel.ts';
import { hasServerPermission, mayUseTables } from '../state/permissions.ts';
import { sessionFunctions } from '../state/sessionFunctions.ts';
import { connectionOf, databaseNamed, obstacle } from '../state/sessions.ts';
import { declareColumn, readTables, type UserTable } from '../state/tables.ts';
import { temporaryTable } from '../state/temporaryTables.ts';
import { variableNamed, type Context } from './context.ts';

/** Names of a batch in the world of one session, resolved on one of its connections. */
export function surroundingsOf(context: Context, database: Database): Surroundings {
  const { session, server } = context;
  const connection = connectionOf(session, database);
  const laidOut = new Map<string, readonly TypedColumn[]>();

  const layOut = (name: string, columns: readonly TypedColumn[], rows: () => readonly (readonly Value[])[]) => {
    if (!laidOut.has(name)) {
      fillTable(connection, name, columns, rows());
      laidOut.set(name, columns);
    }
    return { sqlite: `temp.${quote(name)}`, columns };
  };

  return {
    table(parts) {
      const temporary = temporaryTable(session.temporaryTables, parts);
      if (temporary) return layOut(parts[0] ?? '', temporary.columns, () => temporary.rows);
      const { place, schema, name } = resolve(session, database, parts);
      requireAccess(session, place, parts);
      const view = findView(place, schema, name);
      if (view) {
        if (!place.isSystem) requireAccess(session, place, parts);
        const isTable = view.name.startsWith('msdb.dbo.');
        if (isTable && !mayUseTables(place, session.login, 'SELECT', { schema: 'dbo', object: name }))
          throw denied('SELECT', 'dbo', name, place);
        return layOut(`${place.name}:${view.name}`, columnsOf(view.columns), () =>
          rowsOf(view, { server, session, database: place }),
        );
      }
      const found = findTable(connectionOf(session, place), schema, name);
      if (!found) throw sqlError(208, `Invalid object name '${parts.join('.')}'.`);
      if (!mayUseTables(place, session.login, 'SELECT', { schema: found.schema, object: found.name }))
        throw denied('SELECT', found.schema, found.name, place);
      if (place === database) return { sqlite: `main.${quote(found.sqlite)}`, columns: found.columns };
      // A table of another database is read as it is committed, or as this session has changed it.
      return layOut(`${place.name}.${found.sqlite}`, found.columns, () => readAll(connectionOf(session, place), found));
    },
    tableFunction(parts) {
      const entry =
        tableFunctions[parts.slice(-2).join('.').toLowerCase()] ?? tableFunctions[parts.join('.').toLowerCase()];
      if (!entry) return undefined;
      const name = `table_${parts.join('_').toLowerCase()}`;
      connection.db.function(name, { varargs: true }, (...operands) =>
        JSON.stringify(entry.rows({ server, session, database }, operands)),
      );
      return { sqlite: name, columns: columnsOf(entry.columns) };
    },
    variable: (name) => systemVariables[name]?.(context) ?? variableNamed(context, name),
    scalarFunction: (name) => scalarFunction(context, name),
  };
}

/** Where a name of one to three parts leads. @throws SqlError 911, 916, 927 */
export function resolve(
  session: Session,
  current: Database,
  parts: readonly string[],
): { place: Database; schema: string; name: string } {
  const name = parts.at(-1) ?? '';
  const schema = (parts.at(-2) ?? '') === '' ? 'dbo' : (parts.at(-2) ?? 'dbo');
  const first = parts.length >= 3 ? (parts.at(-3) ?? '') : '';
  if (parts.length > 3)
    throw sqlError(
      7202,
      `Could not find server '${parts[0] ?? ''}' in sys.servers. Verify that the correct server name was specified.`,
    );
  return { place: first === '' ? current : databaseNamed(session.server, first), schema, name };
}

export function requireAccess(session: Session, database: Database, parts: readonly string[]): void {
  if (parts.length < 3) return;
  const refused = obstacle(session, database);
  if (refused) throw sqlError(refused.number, refused.message, refused);
}

function findView(place: Database, schema: string, name: string): View | undefined {
  const isMsdb = place.name === 'msdb' && schema.toLowerCase() === 'dbo';
  const full = `${isMsdb ? 'msdb.' : ''}${schema}.${name}`.toLowerCase();
  return views.get(full);
}

export function findTable(connection: Connection, schema: string, name: string): UserTable | undefined {
  return readTables(connection).find(
    (table) => table.name.toLowerCase() === name.toLowerCase() && table.schema.toLowerCase() === schema.toLowerCase(),
  );
}

export function denied(action: string, schema: string, object: string, { name }: Database): Error {
  return sqlError(
    229,
    `The ${action} permission was denied on the object '${object}', database '${name}', schema '${schema}'.`,
    { severity: 14, state: 5 },
  );
}

function columnsOf(declared: Readonly<Record<string, string>>): readonly TypedColumn[] {
  return Object.entries(declared).map(([name, type]) => ({ name, type: readType(type) ?? nvarchar(-1) }));
}

function rowsOf(view: View, look: Look): readonly (readonly Value[])[] {
  if (view.needs && !hasServerPermission(look.session.login, view.needs))
    throw sqlError(300, `${view.needs} permission was denied on object 'server', database 'master'.`, { severity: 14 });
  const kept = [...(look.server.otherRows.get(view.name) ?? []), ...(look.database.ownRows.get(view.name) ?? [])];
  return [...view.rows(look), ...kept].map((row) => Object.keys(view.columns).map((column) => row[column] ?? null));
}

function readAll(connection: Connection, table: UserTable): readonly (readonly Value[])[] {
  const statement = connection.db.prepare(`SELECT * FROM ${quote(table.sqlite)}`);
  statement.setReadBigInts(true);
  return statement.all().map((row) => table.columns.map(({ name }) => row[name] ?? null));
}

function fillTable(
  { db }: Connection,
  name: string,
  columns: readonly TypedColumn[],
  rows: readonly (readonly Value[])[],
): void {
  const declared = columns.map((column) => `${quote(column.name)} ${declareColumn(column.type)}`).join(', ');
  db.exec(`DROP TABLE IF EXISTS temp.${quote(name)}; CREATE TEMP TABLE ${quote(name)} (${declared})`);
  const insert = db.prepare(`INSERT INTO temp.${quote(name)} VALUES (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) insert.run(...row.map(toSqlite));
}

function scalarFunction(context: Context, name: string): ScalarFunction {
  const plain = plainFunctions[name];
  if (plain) return plain;
  const pure = pureFunctions[name];
  if (pure) return { type: pure.type, sqlite: (operands) => `fn_${name}(${operands.join(', ')})` };
  const session = sessionFunctions[name];
  if (session) return { type: () => session.type, sqlite: (operands) => `session_${name}(${operands.join(', ')})` };
  const constant = constants[name]?.(context);
  if (constant) return { type: () => constant.type, sqlite: () => literal(constant.value) };
  throw sqlError(195, `'${name}' is not a recognized built-in function name.`, { severity: 15, state: 10 });
}

function literal(value: Value): string {
  return value === null ? 'NULL' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
