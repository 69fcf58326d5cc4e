import type { Context, Run, StatementFamily } from '../execute/context.ts';
import { findTable, resolve } from '../execute/surroundings.ts';
import { readName, readNameParts, type Cursor } from '../sql/cursor.ts';
import { sqlError } from '../sql/sqlError.ts';
import { quote } from '../sql/scope.ts';
import type { Values } from '../sql/types.ts';
import { query } from '../state/connection.ts';
import { connectionOf } from '../state/sessions.ts';
import { foreignKeyName, references, RESTING_KEYS } from '../state/tables.ts';
import { requireOwner } from './principals.ts';

/**
 * Triggers, policies, change tracking and versioning do nothing here. They are rows that a test has put into
 * `database.ownRows`, and these statements only switch them; others see it at once, and a rollback brings them back.
 */
const missing = (name: string) =>
  sqlError(4902, `Cannot find the object "${name}" because it does not exist or you do not have permissions.`);

function rowsOf({ session: { database } }: Context, view: string): Values[] {
  const rows = database.ownRows.get(view) ?? [];
  database.ownRows.set(view, rows);
  return rows;
}

function setRows({ session: { database, transaction } }: Context, view: string, rows: Values[]): void {
  const before = database.ownRows.get(view) ?? [];
  transaction?.undo.push(() => database.ownRows.set(view, before));
  database.ownRows.set(view, rows);
}

function tableId({ session }: Context, parts: readonly string[]): number {
  const { place, schema, name } = resolve(session, session.database, parts);
  const found = findTable(connectionOf(session, place), schema, name);
  if (!found) throw missing(parts.join('.'));
  return found.id;
}

/** `DISABLE TRIGGER ALL | name ON table | DATABASE`. */
export const triggerFamily: StatementFamily = {
  starts: [
    ['DISABLE', 'TRIGGER'],
    ['ENABLE', 'TRIGGER'],
  ],
  read(cursor): Run {
    const isDisabled = cursor.next().value === 'DISABLE' ? 1 : 0;
    cursor.expect('TRIGGER');
    const name = cursor.accept('ALL') ? undefined : readNameParts(cursor).at(-1);
    cursor.expect('ON');
    const parts = cursor.accept('DATABASE') ? undefined : readNameParts(cursor);
    return async (context) => {
      const parent = parts === undefined ? 0 : tableId(context, parts);
      const rows = rowsOf(context, 'sys.triggers');
      const meant = rows.filter((row) => row['parent_id'] === parent && (name === undefined || row['name'] === name));
      if (name !== undefined && meant.length === 0) throw missing(name);
      setRows(
        context,
        'sys.triggers',
        rows.map((row) => (meant.includes(row) ? { ...row, is_disabled: isDisabled } : row)),
      );
      context.reply.done();
    };
  },
};

/** What follows the name in `ALTER TABLE name`; undefined when it is something else. */
export function readTableSwitch(cursor: Cursor, parts: readonly string[]): Run | undefined {
  const isOff = cursor.accept('DISABLE', 'CHANGE_TRACKING');
  if (isOff || cursor.accept('ENABLE', 'CHANGE_TRACKING')) {
    const isOn = cursor.accept('WITH', '(', 'TRACK_COLUMNS_UPDATED', '=') && readParenthesis(cursor) === 'ON';
    return async (context) => {
      const id = tableId(context, parts);
      const others = rowsOf(context, 'sys.change_tracking_tables').filter((row) => row['object_id'] !== id);
      const own = { object_id: id, is_track_columns_updated_on: isOn ? 1 : 0 };
      setRows(context, 'sys.change_tracking_tables', isOff ? others : [...others, own]);
      context.reply.done();
    };
  }
  const isKeyOff = cursor.accept('NOCHECK', 'CONSTRAINT');
  if (isKeyOff || cursor.accept('WITH', 'CHECK', 'CHECK', 'CONSTRAINT')) {
    const name = readName(cursor);
    return async (context) => {
      const table = tableId(context, parts);
      const { session } = context;
      if (
        !references({ session, database: session.database }).some(
          ({ from, to }) => from.id === table && foreignKeyName(from, to) === name,
        )
      )
        throw sqlError(4917, `Constraint '${name}' does not exist.`);
      const others = rowsOf(context, RESTING_KEYS).filter((row) => row['name'] !== name);
      if (!isKeyOff) checkKey(context, parts, name);
      setRows(context, RESTING_KEYS, isKeyOff ? [...others, { name }] : others);
      context.reply.done();
    };
  }
  if (!cursor.accept('SET', '(', 'SYSTEM_VERSIONING', '=')) return undefined;
  const isOn = cursor.accept('ON');
  if (!isOn) cursor.expect('OFF');
  if (cursor.accept('(')) readParenthesis(cursor);
  cursor.expect(')');
  return async (context) => {
    const id = tableId(context, parts);
    setRows(
      context,
      'versioned tables',
      rowsOf(context, 'versioned tables').map((row) => (row['id'] === id ? { ...row, is_on: isOn ? 1 : 0 } : row)),
    );
    context.reply.done();
  };
}

/** WITH CHECK: every row is looked at. */
function checkKey({ session }: Context, parts: readonly string[], name: string): void {
  const { place, schema, name: table } = resolve(session, session.database, parts);
  const connection = connectionOf(session, place);
  const { sqlite = table } = findTable(connection, schema, table) ?? {};
  if (query(connection, `PRAGMA foreign_key_check(${quote(sqlite)})`, {}).length > 0)
    throw sqlError(547, `The ALTER TABLE statement conflicted with the FOREIGN KEY constraint "${name}".`);
}

/** @returns its first word. */
function readParenthesis(cursor: Cursor): string {
  const first = cursor.peek().value;
  for (let depth = 1; depth > 0;) {
    if (cursor.accept('(')) depth += 1;
    else if (cursor.accept(')')) depth -= 1;
    else cursor.next();
  }
  return first;
}

const policyFamily: StatementFamily = {
  starts: [['ALTER', 'SECURITY', 'POLICY']],
  read(cursor): Run {
    cursor.expect('ALTER', 'SECURITY', 'POLICY');
    const name = readNameParts(cursor).at(-1) ?? '';
    cursor.expect('WITH', '(', 'STATE', '=');
    const isEnabled = cursor.accept('ON') ? 1 : 0;
    if (isEnabled === 0) cursor.expect('OFF');
    cursor.expect(')');
    return async (context) => {
      const rows = rowsOf(context, 'sys.security_policies');
      if (!rows.some((row) => row['name'] === name)) throw missing(name);
      setRows(
        context,
        'sys.security_policies',
        rows.map((row) => (row['name'] === name ? { ...row, is_enabled: isEnabled } : row)),
      );
      context.reply.done();
    };
  },
};

/** A schema belongs to dbo. */
const schemaFamily: StatementFamily = {
  starts: [
    ['CREATE', 'SCHEMA'],
    ['DROP', 'SCHEMA'],
  ],
  read(cursor): Run {
    const isMade = cursor.next().value === 'CREATE';
    cursor.expect('SCHEMA');
    const isTolerant = cursor.accept('IF', 'EXISTS');
    const name = readName(cursor);
    return async (context) => {
      const { principals } = requireOwner(context);
      const isIt = (each: string) => each.toLowerCase() === name.toLowerCase();
      const owner = principals.find((each) => each.ownedSchemas?.some(isIt));
      if (isMade && owner)
        throw sqlError(2714, `There is already an object named '${name}' in the database.`, { state: 6 });
      if (!isMade && !owner && !isTolerant) throw missing(name);
      const dbo = owner ?? principals.find((each) => each.name === 'dbo');
      const others = (dbo?.ownedSchemas ?? []).filter((each) => !isIt(each));
      const before = dbo?.ownedSchemas;
      if (dbo) {
        context.session.transaction?.undo.push(() => (dbo.ownedSchemas = before ?? []));
        dbo.ownedSchemas = isMade ? [...others, name] : others;
      }
      context.reply.done();
    };
  },
};

export const restingFamilies: readonly StatementFamily[] = [triggerFamily, policyFamily, schemaFamily];
