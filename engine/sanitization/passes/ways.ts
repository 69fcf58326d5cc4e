import { sql } from 'kysely';
import type { Session } from '../../environments/provider.ts';
import { keyFor } from './chooseMethod.ts';
import { nameOf } from './facts/tableFacts.ts';
import type { Progress } from './ledger.ts';
import type { PassContext } from './passContext.ts';
import type { Pass } from './planPasses.ts';
import { partsOf, readBoundaries, type KeyValues } from './slices.ts';
import { changePart, type Part, type Work } from './statements.ts';
import { PIECES, type Step, type Way } from './walk.ts';

/** As many pieces as make the whole exactly, at most so many. */
function piecesOf(whole: number): { readonly piece: number; readonly most: number } {
  let most = Math.min(PIECES, whole);
  while (whole % most !== 0) most -= 1;
  return { piece: whole / most, most };
}

/** Ranges of pages. Their number was read once: new versions of rows lie behind it, or where nothing is pending any more. */
export function pagesOf({ reached, total }: Progress, work: Work, { sizes }: PassContext): Way {
  const { piece, most } = piecesOf(sizes.pagesPerRange);
  const first = Number(reached ?? 0);
  return {
    pieces: Math.max(0, Math.ceil((total - first) / piece)),
    most,
    step(start, end): Step {
      const from = first + start * piece;
      const to = Math.min(total, first + end * piece);
      const part = sql<boolean>`ctid >= ${sql.lit(`(${String(from)},0)`)}::tid and ctid < ${sql.lit(`(${String(to)},0)`)}::tid`;
      return {
        ...{ changes: [changePart(work, part)], reached: String(to), share: from / total },
        detail: `${from.toLocaleString('en')} of ${total.toLocaleString('en')} pages`,
      };
    },
  };
}

/** Ranges of a key, whose bounds are read once. */
export async function slicesOf(
  session: Session,
  pass: Pass,
  { reached }: Progress,
  work: Work,
  { facts, sizes }: PassContext,
): Promise<Way> {
  const about = facts.get(nameOf(pass));
  const key = about === undefined ? undefined : keyFor(work.rules, about);
  if (about === undefined || key === undefined) throw new TypeError(`${work.table} has lost its key`);
  const { piece, most } = piecesOf(sizes.rowsPerSlice);
  const first = reached === undefined ? undefined : keyValues(reached);
  if (first?.length === 0) return { pieces: 0, most, step: none };
  const bounds = await readBoundaries(session, work, { key, rows: piece, after: first });
  const total = Math.max(about.rows, bounds.length * piece);
  const before = first === undefined ? 0 : total - bounds.length * piece;
  return {
    pieces: bounds.length + 1,
    most,
    step(from, to): Step {
      const upTo = bounds[to - 1];
      const parts: readonly Part[] = partsOf(key, from === 0 ? first : bounds[from - 1], upTo);
      const rows = before + from * piece;
      return {
        changes: parts.map((part) => changePart(work, part)),
        reached: JSON.stringify(upTo ?? []),
        share: Math.min(1, rows / Math.max(1, total)),
        detail: `${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows`,
      };
    },
  };
}

function none(): never {
  throw new RangeError('There is no piece');
}

/** Written by `slicesOf`. */
const keyValues = (text: string): KeyValues => {
  const values: unknown = JSON.parse(text);
  return Array.isArray(values) ? values.map(String) : [];
};
