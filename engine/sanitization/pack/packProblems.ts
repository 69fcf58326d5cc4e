import { z } from 'zod';
import { reasonOf } from '../../plainReasons.ts';

/** Where the part of a document that a path leads to stands in its file, counted from 1. */
export type PlaceOf = (path: readonly PropertyKey[]) => { readonly line: number } | undefined;

/** A pack as it was written. */
export interface Written {
  readonly document: unknown;
  readonly placeOf?: PlaceOf | undefined;
  /** Its name, where several packs are looked at together. */
  readonly pack?: string;
}

/** Where something stands in the file of the pack of that name. */
export type PlacesOf = (pack: string) => PlaceOf | undefined;

export const writtenAs = (pack: { readonly name: string }, placesOf: PlacesOf): Written => ({
  document: pack,
  pack: pack.name,
  placeOf: placesOf(pack.name),
});

/** In which pack a rule stands, and where: `contoso, line 12`. Undefined where its pack is not known. */
export type OriginOf = (ruleId: string) => string | undefined;

/** One thing that is wrong with a pack. */
export interface PackProblem {
  readonly pack?: string;
  readonly line?: number;
  /** The rule in which it stands. */
  readonly rule?: string;
  /** `elements[3].rules[0].table` */
  readonly place?: string;
  readonly reason: string;
  /** What to write instead, where that can be said. */
  readonly remedy?: string;
}

/** `line 12, rule loyalty-cards, elements[0].rules[0].columns.NAME: is none of …` */
export function describePackProblem({ pack, line, rule, place, reason, remedy }: PackProblem): string {
  const where = [
    ...(pack === undefined ? [] : [`pack ${pack}`]),
    ...(line === undefined ? [] : [`line ${String(line)}`]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(place === undefined ? [] : [place]),
  ].join(', ');
  return `${where === '' ? '' : `${where}: `}${reason}${remedy === undefined ? '' : ` (${remedy})`}`;
}

/** Every issue that the schema has found, at its place in the file and in its rule. */
export function problemsIn(error: z.ZodError, written: Written): readonly PackProblem[] {
  return error.issues.map((issue) => problemAt(issue.path, reasonOf(issue), written, remedyOf(issue)));
}

export function problemAt(
  path: readonly PropertyKey[],
  reason: string,
  { document, placeOf, pack }: Written,
  remedy?: string,
): PackProblem {
  const line = placeOf?.(path)?.line;
  const rule = ruleAt(path, document);
  return {
    ...(pack === undefined ? {} : { pack }),
    ...(line === undefined ? {} : { line }),
    ...(rule === undefined ? {} : { rule }),
    place: textOf(path),
    reason,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

const named = z.object({ id: z.string() });

/** The id of the rule that a path leads into. */
function ruleAt(path: readonly PropertyKey[], document: unknown): string | undefined {
  if (path[2] !== 'rules' || path.length < 4) return undefined;
  const rule = path.slice(0, 4).reduce<unknown>((inner, key) => memberOf(inner, key), document);
  return named.safeParse(rule).data?.id;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'write, for example, contoso',
  id: 'write, for example, loyalty-cards',
  table: 'write, for example, CUSTTABLE',
  database: 'write financialReporting, or leave it out: the application database is meant then',
  schema: 'write, for example, AX; DBO is that of Finance & Operations itself',
  offending: 'say which rows must not be there: [{ column: CARDNUMBER, isNotEmpty: true }]',
  title: 'say in a few words what it is, as the plan shows it',
  source: 'quote the sentence that asks for it',
  reason: 'say why',
  disposition: 'write cleared or kept-from-target',
  where: 'write a list of conditions: [{ column: TYPE, equals: 2 }]',
  columns: 'write, for a mask, { NAME: person }; otherwise a list of names',
  statements: 'write { mssql: "UPDATE {table} SET …" }',
};

/** What the key could look like, by the last name on the way to it. */
function remedyOf({ code, path, ...more }: z.core.$ZodIssue): string | undefined {
  if (code === 'unrecognized_keys') return 'remove it, or correct its name';
  if (code === 'custom' && 'params' in more)
    return z.object({ remedy: z.string() }).safeParse(more.params).data?.remedy;
  const key = path.findLast((part) => typeof part === 'string');
  return key === undefined ? undefined : EXAMPLES[key];
}

function textOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the document';
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${String(key)}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );
}
