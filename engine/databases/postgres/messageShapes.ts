import { readMessage, shapesByKey, type ShownMessage } from '../messageShape.ts';

/** PostgreSQL's own texts that may be repeated, per SQLSTATE ("PostgreSQL Error Codes"). */
const shapes = shapesByKey<string>([
  ['22001', 'value too long for type %t'],
  ['22003', '%t out of range', 'value "%v" is out of range for type %t', 'numeric field overflow'],
  ['22007', 'invalid input syntax for type %t: "%v"'],
  ['22008', 'date/time field value out of range: "%v"'],
  ['22012', 'division by zero'],
  ['22021', 'invalid byte sequence for encoding "%n": %v'],
  [
    '22P02',
    'invalid input syntax for type %t: "%v"',
    'invalid input value for enum %t: "%v"',
    'malformed array literal: "%v"',
  ],
  ['23502', 'null value in column "%n" of relation "%n" violates not-null constraint'],
  [
    '23503',
    'insert or update on table "%n" violates foreign key constraint "%n"',
    'update or delete on table "%n" violates foreign key constraint "%n" on table "%n"',
    'update or delete on table "%n" violates RESTRICT setting of foreign key constraint "%n" on table "%n"',
  ],
  ['23505', 'duplicate key value violates unique constraint "%n"', 'could not create unique index "%n"'],
  [
    '23514',
    'new row for relation "%n" violates check constraint "%n"',
    'check constraint "%n" of relation "%n" is violated by some row',
  ],
  ['23P01', 'conflicting key value violates exclusion constraint "%n"'],
  ['25006', 'cannot execute %v in a read-only transaction'],
  ['25P02', 'current transaction is aborted, commands ignored until end of transaction block'],
  ['28P01', 'password authentication failed for user "%n"'],
  ['3D000', 'database "%n" does not exist'],
  ['40001', 'could not serialize access due to concurrent update'],
  ['40P01', 'deadlock detected'],
  ['42501', 'permission denied for table %v', 'permission denied for schema %v', 'permission denied for sequence %v'],
  ['42703', 'column "%n" does not exist', 'column "%n" of relation "%n" does not exist'],
  ['42P01', 'relation "%n" does not exist'],
  [
    '53100',
    'could not extend file "%v": No space left on device',
    'could not write to file "%v": No space left on device',
  ],
  ['53300', 'sorry, too many clients already'],
  ['55P03', 'canceling statement due to lock timeout', 'could not obtain lock on relation "%n"'],
  ['57014', 'canceling statement due to user request', 'canceling statement due to statement timeout'],
  ['57P01', 'terminating connection due to administrator command'],
  [
    '57P03',
    'the database system is starting up',
    'the database system is shutting down',
    'the database system is in recovery mode',
  ],
  ['XX001', 'invalid page in block %d of relation %v', 'invalid page in block %d of relation "%v"'],
]);

/** @returns undefined where the text is withheld: its SQLSTATE has no shape, or the text another one, as a trigger's own has. */
export const readServerMessage = (
  sqlState: string,
  text: string,
  isName: (name: string) => boolean,
): ShownMessage | undefined => {
  const known = shapes.get(sqlState);
  return known === undefined ? undefined : readMessage(known, text, isName);
};

const recoveryShapes = shapesByKey<string>([
  [
    'recovery',
    'recovery ended before configured recovery target was reached',
    'requested recovery stop point is before consistent recovery point',
    'WAL ends before end of online backup',
    'WAL ends before consistent recovery point',
    'could not locate required checkpoint record at %v',
    'could not locate a valid checkpoint record at %v',
    'could not locate required checkpoint record',
    'could not locate a valid checkpoint record',
    'could not find redo location %v referenced by checkpoint record at %v',
    'recovery aborted because of insufficient parameter settings',
    "requested timeline %d is not a child of this server's history",
    'requested timeline %d does not contain minimum recovery point %v on timeline %d',
    'database files are incompatible with server',
    'WAL file is from different database system: %v',
    'database system identifier differs between the primary and standby',
    'could not restore file "%v" from archive: %v',
    'could not open file "%v": %v',
    'could not write to file "%v": No space left on device',
    'could not extend file "%v": No space left on device',
  ],
]);

/** What a server writes to its log while it recovers, by its form alone: its lines carry no SQLSTATE. */
export const readRecoveryLine = (line: string): string =>
  readMessage(recoveryShapes.get('recovery') ?? [], line)?.text ?? 'text withheld: it may hold data';
