import type { ColumnFact } from '../columnFacts.ts';
import type { ByName, SuspicionKind } from '../findings.ts';
import { PERSONAL_PIECES, SOMEBODY, type Context, type PersonalPieces } from './personalPieces.ts';
import { splitName, type Piece } from './splitName.ts';

/** What the name of a column says it holds, one suspicion of each kind. */
export function suspectName({
  table,
  column,
  family,
}: Pick<ColumnFact, 'table' | 'column' | 'family'>): readonly ByName[] {
  const pieces = splitName(column);
  const contexts = contextsOf(table);
  const found = new Map<SuspicionKind, ByName>();
  for (const rule of PERSONAL_PIECES) {
    if (found.has(rule.kind) || !rule.families.includes(family)) continue;
    if (rule.in !== undefined && !contexts.has(rule.in)) continue;
    const index = pieces.findIndex((_, at) => isMeant(rule, pieces, at));
    const piece = pieces[index]?.text;
    if (piece !== undefined) found.set(rule.kind, { kind: rule.kind, by: 'name', piece });
  }
  if (!found.has('person name') && family === 'text') {
    const piece = nameOfSomebody(pieces);
    if (piece !== undefined) found.set('person name', { kind: 'person name', by: 'name', piece });
  }
  return [...found.values()];
}

/** Behind a word, these make it a property of what the word means. */
const PROPERTIES: ReadonlySet<string> = new Set([
  ...['TYPE', 'TYPEID', 'STATUS', 'COUNT', 'FORMAT', 'LENGTH', 'TEMPLATE', 'GROUP', 'GROUPID', 'CATEGORY', 'CLASS'],
  ...['LEVEL', 'ORDER', 'PRIORITY', 'OPTION', 'ENABLED', 'REQUIRED', 'PURPOSE', 'ROLE', 'MODE', 'POLICY', 'SOURCE'],
  ...['RULE', 'SETUP', 'PORT', 'PORTNUMBER', 'ITEM', 'RECID', 'REFRECID', 'VERSION', 'CODE', 'EXPIRATION', 'EXPIRY'],
  ...['TIMEZONE', 'CAPTION', 'PROFILE', 'PROFILEID', 'PROVIDER', 'LABEL', 'FIELD', 'SIZE'],
]);

/** Shorter words stand in longer ones by chance: they count only where all that stands around them is a word too. */
const SURE_LENGTH = 5;
/** Short ones with which no other word ends, or only words that are known, so that a prefix may be any: CONTOSOURL. */
const SURE_ENDS: ReadonlySet<string> = new Set(['CITY', 'HOST', 'IBAN', 'URL', 'FAX', 'SSN', 'MEMO', 'NOTES']);

function isMeant({ pieces: words, isWhole, mayBeId }: PersonalPieces, pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at];
  if (piece === undefined || !piece.isKnown || !words.includes(piece.text)) return false;
  if (isWhole) return pieces.length === 1;
  const isStrange = (neighbour: Piece | undefined) => neighbour?.isKnown === false && neighbour.part === piece.part;
  if (piece.text.length < SURE_LENGTH) {
    if (isStrange(pieces[at + 1])) return false;
    if (isStrange(pieces[at - 1]) && !SURE_ENDS.has(piece.text)) return false;
  }
  const last = pieces.at(-1);
  if (last === undefined || last === piece) return true;
  return !PROPERTIES.has(last.text) && (last.text !== 'ID' || mayBeId === true);
}

function nameOfSomebody(pieces: readonly Piece[]): string | undefined {
  const at = pieces.findIndex(({ text }, index) => text === 'NAME' && SOMEBODY.has(pieces[index - 1]?.text ?? ''));
  return at > 0 && at === pieces.length - 1 ? `${pieces[at - 1]?.text ?? ''}NAME` : undefined;
}

/** Words of a table's name; and those that make it a list of settings, whoever it is about. */
const CONTEXTS: Readonly<Record<Context, readonly string[]>> = {
  people: [
    ...SOMEBODY,
    'DIR',
    'HCM',
    'EMPL',
    'EMPLOYMENT',
    'PROSPECT',
    'LEAD',
    'ORGANIZATION',
    'BANKACCOUNT',
    'PEOPLE',
    'USERS',
  ],
  users: ['USER', 'USERS'],
  mail: ['EMAIL', 'MAIL', 'INBOX'],
  documents: ['DOCU'],
  bank: ['BANK', 'BANKACCOUNT', 'IBAN'],
  journals: ['JOURNAL', 'JOUR', 'TRANS', 'TRANSACTION'],
  payroll: ['PAYROLL', 'COMPENSATION'],
};
const SETTINGS: ReadonlySet<string> = new Set([
  ...[
    'GROUP',
    'PARAMETERS',
    'SETUP',
    'CONFIG',
    'CONFIGURATION',
    'CLASS',
    'TYPE',
    'CATEGORY',
    'STATUS',
    'REASON',
    'ROLE',
  ],
  ...[
    'POLICY',
    'PROFILE',
    'TEMPLATE',
    'POOL',
    'POSTING',
    'TERM',
    'TERMS',
    'DIMENSION',
    'MODEL',
    'FORM',
    'FORMAT',
    'HIERARCHY',
  ],
]);

function contextsOf(table: string): ReadonlySet<Context> {
  const words = splitName(table).map(({ text }) => text);
  if (words.some((word) => SETTINGS.has(word))) return new Set();
  // The keys of the literal above are the contexts.
  const all = Object.keys(CONTEXTS) as Context[];
  return new Set(all.filter((context) => CONTEXTS[context].some((word) => words.includes(word))));
}
