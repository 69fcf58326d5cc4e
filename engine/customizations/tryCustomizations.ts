import type { Misfit } from '../contracts.ts';
import type { Dialect, ReadSession } from '../environments/provider.ts';
import { TerminalError } from '../errors.ts';
import { nameOf } from '../sanitization/fit/obstacles.ts';
import { shownPlace } from '../sanitization/rules/places.ts';
import { countRows } from '../sanitization/rules/prepareRules.ts';
import { meaningOf, type Constraint } from './constraint.ts';
import { questionFor, type Question, type TwoTables } from './questions.ts';
import { readColumns, readSchema, type SchemaFacts } from './schemaFacts.ts';

export interface Trial {
  /** How many unique indexes and constraints the sandbox alone has. */
  readonly own: number;
  /** Of these, what the rows do not admit. */
  readonly misfits: readonly Misfit[];
  /** Of these, what could not be tried; `why` is for the log. */
  readonly untried: readonly Untried[];
  /** All that the sandbox enforces, its own or not. */
  readonly enforced: readonly Named[];
  /** Tables of the sandbox that SQL Server does not show in the other database: they may be there all the same. */
  readonly unseenTables: number;
}

type Named = Pick<Misfit, 'kind' | 'table' | 'name'>;
type Untried = Named & { readonly why: string };

export interface TrialOptions {
  /** The database as the sandbox has it today. */
  readonly sandbox: ReadSession;
  /** The one whose rows are to fit. */
  readonly rows: ReadSession;
  /** That one is production, in use: what the sandbox has written in words of its own is not evaluated there. */
  readonly production?: {
    /** Larger tables are not read. */
    readonly atMostRows: number;
    readonly isTimeLeft: () => boolean;
  };
}

/**
 * Tries what the sandbox's database enforces and the other one does not, on the rows of the other one: what a database
 * synchronization would create there. Changes nothing, and learns numbers of rows alone.
 */
export async function tryCustomizations({ sandbox, rows, production }: TrialOptions): Promise<Trial> {
  const wanted = await readSchema(sandbox);
  const there = await readSchema(rows);
  const own = ownOf(wanted, there);
  const tables = await describe(own, { sandbox, wanted, rows, there });
  const misfits: Misfit[] = [];
  const untried: Untried[] = [];
  for (const constraint of own) {
    const why = production && whyNotInProduction(constraint, there, production);
    const question = why === undefined ? questionFor(constraint, tables, rows.dialect) : untriable(why);
    const answer = question.kind === 'untriable' ? question.why : await count(rows, question.count);
    const named = namedIn(rows.dialect, constraint);
    if (question.kind === 'untriable' || typeof answer === 'string') untried.push({ ...named, why: String(answer) });
    else if (answer > 0) misfits.push({ ...named, columns: question.columns, rows: answer });
  }
  return {
    ...{ own: own.length, misfits, untried },
    enforced: wanted.constraints.map((constraint) => namedIn(sandbox.dialect, constraint)),
    unseenTables: rows.dialect === 'mssql' ? unseen(wanted, there) : 0,
  };
}

/** Where the rows cannot be looked at. */
export async function readEnforced(sandbox: ReadSession): Promise<Trial['enforced']> {
  const { constraints } = await readSchema(sandbox);
  return constraints.map((constraint) => namedIn(sandbox.dialect, constraint));
}

const untriable = (why: string): Question => ({ kind: 'untriable', why });

const namedIn = (dialect: Dialect, constraint: Constraint): Named => ({
  kind: constraint.kind,
  table: shownPlace(constraint, dialect),
  name: constraint.name,
});

/** A table that only the sandbox has comes into being without rows; nothing on it can fail. */
function ownOf(wanted: SchemaFacts, there: SchemaFacts): readonly Constraint[] {
  const known = new Set(there.constraints.map(meaningOf));
  return wanted.constraints.filter((each) => there.tables.has(nameOf(each)) && !known.has(meaningOf(each)));
}

const unseen = (wanted: SchemaFacts, there: SchemaFacts): number =>
  [...wanted.tables.keys()].filter((name) => !there.tables.has(name)).length;

interface Both {
  readonly sandbox: ReadSession;
  readonly wanted: SchemaFacts;
  readonly rows: ReadSession;
  readonly there: SchemaFacts;
}

/** The columns of the tables that are spoken of, on both sides. */
async function describe(
  own: readonly Constraint[],
  { sandbox, wanted, rows, there }: Both,
): Promise<ReadonlyMap<string, TwoTables>> {
  const names = new Set(own.flatMap((each) => placesOf(each).map(nameOf)));
  const of = ({ tables }: SchemaFacts) => [...tables].filter(([name]) => names.has(name)).map(([, table]) => table);
  const wantedColumns = await readColumns(sandbox, of(wanted));
  const columns = await readColumns(rows, of(there));
  return new Map(
    of(wanted).map((table) => {
      const facts = there.tables.get(nameOf(table));
      const two: TwoTables = {
        wanted: wantedColumns.get(table.id) ?? new Map(),
        ...(facts && { there: { facts, columns: columns.get(facts.id) ?? new Map() } }),
      };
      return [nameOf(table), two];
    }),
  );
}

const placesOf = (constraint: Constraint) => [
  constraint,
  ...(constraint.kind === 'foreign-key' ? [constraint.to] : []),
];

function whyNotInProduction(
  constraint: Constraint,
  there: SchemaFacts,
  { atMostRows, isTimeLeft }: NonNullable<TrialOptions['production']>,
): string | undefined {
  for (const place of placesOf(constraint)) {
    const table = there.tables.get(nameOf(place));
    if (table?.maySelect !== true) return 'production does not show its rows to this account';
    if (table.rows > atMostRows) return 'its table is too large to be read in production';
  }
  const isPlain =
    constraint.kind === 'foreign-key' ||
    (constraint.kind === 'unique' &&
      constraint.filter === undefined &&
      constraint.keys.every(({ column }) => column !== undefined));
  if (!isPlain) return 'words of the sandbox are not evaluated in production';
  return isTimeLeft() ? undefined : 'there was no time left';
}

/** @returns why not, where the server refuses: it may lack a type or a collation. */
async function count(session: ReadSession, query: Parameters<typeof countRows>[1]): Promise<number | string> {
  try {
    return await countRows(session, query);
  } catch (error) {
    if (error instanceof TerminalError) return `the server refuses the question: ${error.message}`;
    throw error;
  }
}
