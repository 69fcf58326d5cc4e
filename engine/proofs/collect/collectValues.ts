import { CompiledQuery } from 'kysely';
import type { FieldSink, ReadSession } from '../../environments/provider.ts';
import type { Scope as RuleScope } from '../../sanitization/rules/conditions.ts';
import type { PreparedRule, ReadyRule } from '../../sanitization/rules/prepareRules.ts';
import { ENDPOINTS, scopeOf, numberOf, type ValueKind } from '../kinds.ts';
import type { TablePlace } from '../places/place.ts';
import { placesOf } from '../places/places.ts';
import { printOf, type Keys } from '../scan/keys.ts';
import { mayHold } from './mayHold.ts';
import { createPacker } from './pack.ts';
import { protectedRows, type ProtectedRows } from './protectedRows.ts';
import type { SoughtNote } from './sideTable.ts';
import { createSighted } from './sighted.ts';
import { valuesIn } from './valuesIn.ts';

export interface RuledDatabase {
  readonly session: ReadSession;
  readonly rules: readonly PreparedRule[];
  readonly scope: Omit<RuleScope, 'schema' | 'table'>;
}

export interface CollectContext {
  /** Each with the rules that fit it. */
  readonly databases: readonly RuledDatabase[];
  readonly keys: Keys;
  /** Values that the sandbox keeps of its own, or that are everybody's in the company. */
  readonly spared: Iterable<string>;
  /** Whatever holds one of these is spared as well: the tenant, which both share. */
  readonly sparedParts: readonly string[];
  /** Hosts and the like that are known without the database. */
  readonly known: readonly { readonly kind: ValueKind; readonly value: string }[];
  /** Takes pages of prints, between two tables. */
  readonly keep: (pages: readonly Buffer[]) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Ways of writing values, and how many of them are for endpoints and keys; fewer are for tests. */
  readonly most?: number;
  readonly keptForEndpoints?: number;
}

/** More are not looked for; the numbers of each are kept in memory. */
const MOST_PRINTS = 1_000_000;
/** Of them: however many people there are, endpoints and keys are sought. */
const KEPT_FOR_ENDPOINTS = 50_000;

/** Reads what the rules are going to take out, and keeps prints of the values in it that can be told from other text. */
export async function collectValues(context: CollectContext): Promise<SoughtNote> {
  const { databases, keys, spared, known, keep, signal, progress } = context;
  const sparedParts = context.sparedParts.filter((part) => part !== '').map((part) => part.toLowerCase());
  const { most = MOST_PRINTS, keptForEndpoints = KEPT_FOR_ENDPOINTS } = context;
  let { kinds } = scopeOf(databases.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
  const sighted = createSighted();
  for (const value of spared) sighted.add(0, value.trim().toLowerCase());
  const isSpared = sighted.holds;
  const packer = createPacker();
  const counts = { personal: 0, endpoints: 0, prints: 0 };
  let isCut = false;

  /** A value in all the ways in which it may be written. */
  function seek(kind: ValueKind, forms: Iterable<Buffer>): void {
    const isEndpoint = ENDPOINTS.has(kind);
    const prints = [...forms].flatMap((form) => printOf(form, numberOf(kind), keys) ?? []);
    if (prints.length === 0) return;
    if (counts.prints + prints.length > most - (isEndpoint ? 0 : keptForEndpoints)) {
      isCut = true;
      // From here on people's values need not even be told from other text.
      if (!isEndpoint) kinds = ENDPOINTS;
      return;
    }
    prints.forEach(packer.add);
    counts.prints += prints.length;
    counts[isEndpoint ? 'endpoints' : 'personal'] += 1;
  }

  function note(kind: ValueKind, value: string): void {
    const folded = value.toLowerCase();
    if (!kinds.has(kind) || isSpared(0, folded) || sparedParts.some((part) => folded.includes(part))) return;
    if (!sighted.add(numberOf(kind), folded)) return;
    seek(
      kind,
      [...formsOf(value, folded)].map((form) => Buffer.from(form)),
    );
  }

  for (const { kind, value } of known) note(kind, value);
  const tables = (await Promise.all(databases.map(tablesOf))).flat();
  for (const [index, { place, own, database }] of tables.entries()) {
    signal?.throwIfAborted();
    progress?.(index, tables.length);
    const rows = protectedRows(place, own, database.scope);
    if (rows === undefined) continue;
    await database.session.pour(
      rows.query,
      sinkOf(
        rows,
        () => kinds,
        note,
        (bytes) => noteBytes(bytes),
      ),
    );
    await keep(packer.take());
  }
  await keep(packer.take());
  return { ...counts, isCut };

  /** A key that is no text: its bytes. */
  function noteBytes(bytes: Buffer): void {
    if (new Set(bytes).size >= 8 && sighted.add(numberOf('key'), bytes.toString('latin1'))) seek('key', [bytes]);
  }
}

function sinkOf(
  { columns }: ProtectedRows,
  kinds: () => ReadonlySet<ValueKind>,
  note: (kind: ValueKind, value: string) => void,
  noteBytes: (bytes: Buffer) => void,
): FieldSink {
  let sought = kinds();
  let isWorthReading = columns.map((column) => mayHold(sought, column));
  return {
    field(index, bytes, from, to) {
      const column = columns[index];
      // A document is searched, not looked for.
      if (column === undefined || to - from < 6 || to - from > 65_536) return;
      if (column.isBinary) {
        if (column.isSecret && to - from >= 16) noteBytes(bytes.subarray(from, to));
        return;
      }
      if (sought !== kinds()) {
        sought = kinds();
        isWorthReading = columns.map((each) => mayHold(sought, each));
      }
      if (isWorthReading[index]?.(bytes, from, to) === false) return;
      for (const { kind, value } of valuesIn(bytes.toString('utf8', from, to), column)) note(kind, value);
    },
    row: () => undefined,
  };
}

interface Ruled {
  readonly place: TablePlace;
  readonly own: readonly ReadyRule[];
  readonly database: RuledDatabase;
}

async function tablesOf(database: RuledDatabase): Promise<readonly Ruled[]> {
  const { session, rules } = database;
  const ready = rules.filter((each): each is ReadyRule => each.kind === 'ready');
  const { tables } = await placesOf[session.dialect].list(session);
  const byName = Map.groupBy(ready, ({ place }) => `${place.schema}\0${place.table}`);
  return tables.flatMap((place) => {
    const own = byName.get(`${place.schema}\0${place.table}`);
    return own === undefined ? [] : [{ place, own, database }];
  });
}

/** The scanner folds ASCII alone: of other letters it is given both, and both ways in which accents are written. */
function formsOf(value: string, folded: string): Iterable<string> {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  if (/^[\u0000-\u007f]*$/.test(value)) return [folded];
  const upper = value.toUpperCase();
  const written = [folded, upper, value, folded.normalize('NFD'), folded.normalize('NFC')];
  return new Set(written.map((form) => form.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())));
}

/** The names of the company’s own legal entities: they stand in hundreds of places and are nobody’s. */
export async function legalEntities(session: ReadSession): Promise<readonly string[]> {
  const names: string[] = [];
  const { tables } = await placesOf[session.dialect].list(session);
  for (const place of tables.filter(({ table }) => table.toUpperCase() === 'DATAAREA')) {
    const column = place.columns.find(({ name }) => name.toUpperCase() === 'NAME');
    if (column === undefined) continue;
    const query = CompiledQuery.raw(`select ${column.expression} from ${place.from}`);
    await session.pour(query, {
      field: (_, bytes, from, to) => void names.push(bytes.toString('utf8', from, to)),
      row: () => undefined,
    });
  }
  return names;
}
