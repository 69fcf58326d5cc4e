import type { Instant, ProofResult } from '../contracts.ts';
import { DATABASE_ROLES, type DatabaseRole } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { createBudget } from './budget.ts';
import type { CopySessions, SoughtNote } from './collect/sideTable.ts';
import { ENDPOINTS, kindOfNumber, VALUE_KINDS, type Scope } from './kinds.ts';
import type { Part, Places, TablePlace } from './places/place.ts';
import { placesOf } from './places/places.ts';
import { createFieldScanner } from './scan/fieldScanner.ts';
import type { SoughtSet } from './scan/soughtSet.ts';
import { searchCatalogue, searchLong, searchPart, type PlaceContext } from './searchPlaces.ts';
import { createTally } from './tally.ts';
import { counted } from '../counted.ts';

export interface SearchContext {
  /** Not the sessions that sanitized. */
  readonly copy: CopySessions<ReadSession>;
  /** As people know the databases. */
  readonly names: Readonly<Record<DatabaseRole, string>>;
  readonly sought: { readonly set: SoughtSet; readonly note: SoughtNote };
  readonly scope: Scope;
  /** Tables alone that it is about; everything without. */
  readonly only?: (role: DatabaseRole, place: Pick<TablePlace, 'schema' | 'table'>) => boolean;
  readonly now: () => Instant;
  /** Beyond it, of large tables a part is read. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((percent: number, detail: string) => void) | undefined;
  readonly log?: ((text: string) => void) | undefined;
}

/** Half an hour reads 150 GB on a core. */
const BUDGET_MS = 1_800_000;
/** 128 MB: between two of them there is time for a stop, and for a word. */
const RANGE_PAGES = 16_384;

/** Looks for what the rules have taken out, in everything that can hold it. Changes nothing. */
export async function searchCopy(context: SearchContext): Promise<readonly ProofResult[]> {
  const { copy, names, sought, scope, only, now, budgetMs = BUDGET_MS, signal, progress, log } = context;
  const { personal: people, endpoints, isCut } = sought.note;
  if (sought.note.prints === 0) return NOTHING_SOUGHT;
  const startedAt = Date.parse(now());
  const elapsedMs = () => Date.parse(now()) - startedAt;
  const roles = DATABASE_ROLES.map((role) => ({ role, session: copy[role], database: names[role] }));
  const listed: { readonly context: PlaceContext; readonly places: Places }[] = [];
  const tally = createTally();
  const scanner = createFieldScanner(
    sought.set,
    (place, row, kind) => tally.found(place, row, kind),
    (kind) => kindOfNumber(kind) === 'mail',
  );
  for (const { role, session, database } of roles) {
    const places = await placesOf[session.dialect].list(session);
    const isMeant = (place: TablePlace) => only === undefined || only(role, place);
    listed.push({
      context: { session, scanner, tally, database },
      places: {
        ...places,
        tables: places.tables.filter(isMeant),
        catalogue: only === undefined ? places.catalogue : [],
      },
    });
  }
  const tables = listed
    .flatMap(({ context: where, places }) => places.tables.map((place) => ({ where, place })))
    .toSorted((one, other) => one.place.bytes - other.place.bytes);
  const total = tables.reduce((sum, { place }) => sum + place.bytes, 0);
  const budget = createBudget(total, budgetMs, elapsedMs);
  log?.(
    `searching ${counted(tables.length, 'table')}, about ${megabytes(total)}, for ${counted(people + endpoints, 'protected value')}`,
  );
  let isSampled = false;
  let said = 0;
  for (const { where, place } of tables) {
    for (const { part, bytes } of partsOf(place, () => budget.share(place.bytes))) {
      signal?.throwIfAborted();
      if (part === undefined || part.kind === 'sample') isSampled = true;
      if (part !== undefined) await searchPart(where, place, part);
      budget.pass(bytes);
      const percent = total === 0 ? 100 : Math.floor((100 * budget.passed) / total);
      progress?.(percent, `${megabytes(budget.passed)} of ${megabytes(total)} searched`);
      if (percent < said + 10) continue;
      said = percent - (percent % 10);
      log?.(`${String(said)} % searched, ${megabytes(scanner.bytes)} of text and bytes so far`);
    }
    await searchLong(where, place);
  }
  for (const { context: where, places } of listed)
    for (const kept of places.catalogue) {
      signal?.throwIfAborted();
      await searchCatalogue(where, kept);
    }

  const columns = tables.reduce((sum, { place }) => sum + place.columns.length, 0);
  const searched = { tables: tables.length, columns, bytes: scanner.bytes };
  const seconds = elapsedMs() / 1000;
  const unread = listed.flatMap(({ places, context: { database } }) =>
    places.notSearched.map(({ what, why }) => ({ what: `${what} of ${database}`, why })),
  );
  const always = { sampled: isSampled, seconds };
  const left = [...NEVER_SEARCHED, ...(isCut ? [CUT] : []), ...unread];
  const personal = new Set(VALUE_KINDS.filter((kind) => !ENDPOINTS.has(kind)));
  return [
    {
      ...{ name: 'search', ...always, findings: tally.findings(personal) },
      searched: { ...searched, values: people },
      notSearched: [...scope.notSearched, ...left],
    },
    {
      ...{ name: 'hosts', ...always, findings: tally.findings(ENDPOINTS) },
      searched: { ...searched, values: endpoints },
      notSearched: left,
    },
  ];
}

/** Reading everything for nothing would prove nothing. */
const NOTHING_SOUGHT = (['search', 'hosts'] as const).map((name): ProofResult => ({
  name,
  searched: { tables: 0, columns: 0, bytes: 0, values: 0 },
  notSearched: [{ what: 'both databases', why: 'the rules protect no value that could be told from other text' }],
  findings: [],
  sampled: false,
  seconds: 0,
}));

const NEVER_SEARCHED = [
  { what: 'values of less than 8 bytes', why: 'they stand in too many places by chance' },
  {
    what: 'what is compressed, encrypted or split over several rows',
    why: 'the search reads bytes as they are stored',
  },
  { what: 'numbers, dates and GUIDs', why: 'only text, XML, JSON and bytes are read' },
  { what: 'text in hexadecimal digits', why: 'it is not turned back into text' },
  { what: 'columns that were dropped, and freed pages', why: 'no statement reads them' },
];

const CUT = { what: 'values beyond the first million', why: 'what is looked for is kept in memory' };

/** A part of `undefined` is passed over, as there is no time for it. */
function* partsOf(
  place: TablePlace,
  share: () => number,
): Generator<{ readonly part: Part | undefined; readonly bytes: number }> {
  const { pages, bytes } = place;
  if (pages <= RANGE_PAGES) {
    const part = share();
    const percent = Math.max(0.01, Number((part * 100).toFixed(2)));
    yield { part: part < 1 ? { kind: 'sample', percent } : { kind: 'all' }, bytes };
    return;
  }
  // New ranges are chosen as the time that is left allows it, evenly over the table.
  let owed = 1;
  for (let from = 0; from < pages; from += RANGE_PAGES) {
    const to = from + RANGE_PAGES;
    const isLast = to >= pages;
    const range: Part = { kind: 'pages', from, to: isLast ? 4_294_967_295 : to };
    const isRead = owed >= 1;
    owed += share() - (isRead ? 1 : 0);
    yield { part: isRead ? range : undefined, bytes: bytes * (Math.min(RANGE_PAGES, pages - from) / pages) };
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
