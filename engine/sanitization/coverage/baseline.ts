import { z } from 'zod';
import { BaselineInvalidError } from '../errors.ts';
import { idOf, type ColumnFact } from './columnFacts.ts';
import type { CoveredColumn } from './coverage.ts';
import { SUSPICION_KINDS, type Suspicion } from './findings.ts';

/**
 * The columns of a database that somebody has looked at, each with what it looked like then. One that looks like something else
 * later is new again.
 */
export interface Baseline {
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

const baselineFile = z.strictObject({
  version: z.literal(1),
  /** Table → column → what it looked like. */
  tables: z.record(z.string(), z.record(z.string(), z.array(z.enum(SUSPICION_KINDS)))),
});

/** @throws BaselineInvalidError when it is not what `writeBaseline` has written */
export function readBaseline(text: string, file: string): Baseline {
  const parsed = baselineFile.safeParse(parseJson(text));
  if (!parsed.success) throw new BaselineInvalidError(file);
  const columns = Object.entries(parsed.data.tables).flatMap(([table, own]) =>
    Object.entries(own).map(([column, kinds]) => [`${table}.${column.replaceAll('.', '..')}`, kinds] as const),
  );
  return { columns: new Map(columns) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names and kinds, one table a line, so that a change of it can be read. */
export function writeBaseline(columns: readonly CoveredColumn[]): string {
  const tables = Map.groupBy(columns, ({ fact }) =>
    [fact.schema, fact.table].map((name) => name.replaceAll('.', '..')).join('.'),
  );
  const lines = [...tables]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([table, own]) => {
      const entries = own
        .map(({ fact, suspicions }) => [fact.column, kindsOf(suspicions)] as const)
        .toSorted(([one], [other]) => (one < other ? -1 : 1));
      return `    ${JSON.stringify(table)}: ${JSON.stringify(Object.fromEntries(entries))}`;
    });
  return `{\n  "version": 1,\n  "tables": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** Without a baseline nothing is accepted. */
export function acceptedBy(
  baseline: Baseline | undefined,
  fact: ColumnFact,
  suspicions: readonly Suspicion[],
): boolean {
  const kinds = baseline?.columns.get(idOf(fact));
  return kinds !== undefined && kindsOf(suspicions).every((kind) => kinds.includes(kind));
}

const kindsOf = (suspicions: readonly Suspicion[]) => [...new Set(suspicions.map(({ kind }) => kind))].toSorted();
