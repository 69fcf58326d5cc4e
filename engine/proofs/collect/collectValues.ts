import { CompiledQuery } from 'kysely';
import type { FieldSink, ReadSession } from '../../environments/provider.ts';
import type { Scope as RuleScope } from '../../sanitization/rules/conditions.ts';
import type { PreparedRule, ReadyRule } from '../../sanitization/rules/prepareRules.ts';
import { ENDPOINTS, scopeOf, numberOf, type ValueKind } from '../kinds.ts';
import type { TablePlace } from '../places/place.ts';
import { placesOf } from '../places/places.ts';
import { copyFolded, fold } from '../scan/fold.ts';
import { type Keys, SHORTEST } from '../scan/keys.ts';
import { mayHold } from './mayHold.ts';
import { createPacker } from './pack.ts';
import { isPlainMail } from './plainMail.ts';
import { protectedRows, type ProtectedRows } from './protectedRows.ts';
import type { Pages } from './pages.ts';
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
  readonly pages: Pages;
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
  const { databases, keys, spared, known, pages, signal, progress } = context;
  const sparedParts = context.sparedParts.filter((part) => part !== '').map(lowered);
  const { most = MOST_PRINTS, keptForEndpoints = KEPT_FOR_ENDPOINTS } = context;
  let { kinds } = scopeOf(databases.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
  const sighted = createSighted(keys.mac);
  for (const value of spared) sighted.spare(lowered(value.trim()));
  const packer = createPacker(keys, (page) => pages.put(page));
  const counts = { personal: 0, endpoints: 0, prints: 0 };
  let isCut = false;

  /** Whether a value, in small letters, is to be sought and is met for the first time. */
  function isNew(kind: ValueKind, value: Buffer): boolean {
    if (!kinds.has(kind)) return false;
    if (sparedParts.some((part) => part.length <= value.length && value.includes(part))) return false;
    return sighted.isNew(numberOf(kind), value);
  }

  /** A value in all the ways in which it may be written, folded; of one that was just sighted its keyed hash is known. */
  function seek(kind: ValueKind, forms: readonly Uint8Array[], mac?: Int32Array): void {
    const isEndpoint = ENDPOINTS.has(kind);
    let prints = 0;
    for (const form of forms) if (form.length >= SHORTEST) prints += 1;
    if (prints === 0) return;
    if (counts.prints + prints > most - (isEndpoint ? 0 : keptForEndpoints)) {
      isCut = true;
      // From here on people's values need not even be told from other text.
      if (!isEndpoint) kinds = ENDPOINTS;
      return;
    }
    for (const form of forms) if (form.length >= SHORTEST) packer.add(form, numberOf(kind), mac);
    counts.prints += prints;
    counts[isEndpoint ? 'endpoints' : 'personal'] += 1;
  }

  const noting: Noting = {
    kinds: () => kinds,
    value(kind, value) {
      const folded = value.toLowerCase();
      if (isNew(kind, Buffer.from(folded)))
        seek(
          kind,
          [...formsOf(value, folded)].map((form) => Buffer.from(form)),
        );
    },
    folded(kind, value) {
      if (isNew(kind, value)) seek(kind, [value], sighted.mac);
    },
    /** A key that is no text: its bytes. */
    bytes(bytes) {
      if (new Set(bytes).size < 8 || !sighted.isNew(numberOf('key'), bytes)) return;
      const folded = Buffer.from(bytes);
      fold(bytes, folded, bytes.length);
      seek('key', [folded]);
    },
  };
  for (const { kind, value } of known) noting.value(kind, value);
  const tables = (await Promise.all(databases.map(tablesOf))).flat();
  for (const [index, { place, own, database }] of tables.entries()) {
    signal?.throwIfAborted();
    progress?.(index, tables.length);
    const rows = protectedRows(place, own, database.scope);
    if (rows === undefined) continue;
    await database.session.pour(rows.query, sinkOf(rows, noting));
    await pages.settle();
  }
  packer.end(counts.prints);
  await pages.settle();
  return { ...counts, isCut };
}

interface Noting {
  /** What is sought still. */
  kinds(): ReadonlySet<ValueKind>;
  value(kind: ValueKind, value: string): void;
  /** A value in ASCII, in small letters. The bytes belong to the caller again once it returns. */
  folded(kind: ValueKind, value: Buffer): void;
  bytes(bytes: Buffer): void;
}

function sinkOf({ columns }: ProtectedRows, noting: Noting): FieldSink {
  let sought = noting.kinds();
  let reading = readingOf(columns, sought);
  const mail = Buffer.alloc(LONGEST_MAIL);
  const room = { bytes: mail, folded: mail, end: 0 };
  // There are millions of addresses, and a view of them for each would be an object.
  const mails = Array.from({ length: LONGEST_MAIL + 1 }, (_, length) => mail.subarray(0, length));
  return {
    field(index, bytes, from, to) {
      const length = to - from;
      // A document is searched, not looked for.
      if (length < 6 || length > 65_536) return;
      if (sought !== noting.kinds()) {
        sought = noting.kinds();
        reading = readingOf(columns, sought);
      }
      const column = reading[index];
      if (column === undefined) return;
      if (column.isBinary) {
        if (column.isSecret && length >= 16) noting.bytes(bytes.subarray(from, to));
        return;
      }
      const folded = column.takesMail ? mails[length] : undefined;
      if (folded !== undefined && isPlainMail(bytes, from, to)) {
        copyFolded(bytes, from, length, room);
        noting.folded('mail', folded);
        return;
      }
      if (!column.isWorthReading(bytes, from, to)) return;
      for (const { kind, value } of valuesIn(bytes.toString('utf8', from, to), column)) noting.value(kind, value);
    },
    row: () => undefined,
  };
}

const readingOf = (columns: ProtectedRows['columns'], sought: ReadonlySet<ValueKind>) =>
  columns.map((column) => ({
    ...column,
    takesMail: !column.isSecret && sought.has('mail'),
    isWorthReading: mayHold(sought, column),
  }));

/** As much as a column of Finance & Operations takes. */
const LONGEST_MAIL = 255;

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

const lowered = (text: string): Buffer => Buffer.from(text.toLowerCase());

/** The scanner folds ASCII alone: of other letters it is given both, and both ways in which accents are written. */
function formsOf(value: string, folded: string): Iterable<string> {
  if (/^\p{ASCII}*$/u.test(value)) return [folded];
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
