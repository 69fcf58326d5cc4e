import type { CompiledQuery } from 'kysely';
import type { Session } from '../../environments/provider.ts';
import type { Progress } from './ledger.ts';
import { GOAL_MS, nextSize } from './pace.ts';
import type { PassContext } from './passContext.ts';
import type { Pass } from './planPasses.ts';
import { sendNoted, sendOnce } from './sendNoted.ts';
import { keepLogSmall } from './serverLog.ts';

/** The rows of one transaction. */
export interface Step {
  readonly changes: readonly CompiledQuery[];
  readonly reached: string;
  readonly share: number;
  readonly detail: string;
}

/** A table in so many pieces, of which a transaction takes at most `most` that follow one another. */
export interface Way {
  readonly pieces: number;
  readonly most: number;
  step(from: number, to: number): Step;
}

/** Of so many pieces a part is made where nothing holds it up: it can shrink to one of them. */
export const PIECES = 16;

interface Walk {
  readonly begun: Progress;
  readonly isResumed: boolean;
  readonly way: Way;
}

/** Goes through a table part by part, each as large as the platform lets through. */
export async function walk(
  session: Session,
  pass: Pass,
  { signal, now, progress }: PassContext,
  { begun, isResumed, way }: Walk,
): Promise<Progress> {
  const [only, ...others] = pass.rules;
  // The server tells how many rows all rules together have changed; of one rule that is its own number.
  const isCounted = only !== undefined && others.length === 0;
  let current: Progress = isCounted && !isResumed ? { ...begun, rows: { [only.id]: 0 }, isEstimate: false } : begun;
  // A kill may have come between a part and the note of its number.
  let isUnsure = isCounted && isResumed;
  let size = way.most;
  for (let at = 0; at < way.pieces;) {
    signal?.throwIfAborted();
    const to = Math.min(way.pieces, at + size);
    const { changes, reached, share, detail } = way.step(at, to);
    progress(share, detail);
    const startedAt = now && Date.parse(now());
    const sent = await sendOnce(session, { ...current, reached }, changes, (found) => found?.reached === reached);
    const limits = { most: way.most, goalMs: GOAL_MS };
    if (sent.kind === 'struck') {
      size = nextSize(size, { kind: 'struck', size: to - at }, limits);
      continue;
    }
    const ms = sent.kind === 'done' && now && startedAt !== undefined ? Date.parse(now()) - startedAt : undefined;
    size = nextSize(
      size,
      sent.kind === 'done' ? { ...sent, size: to - at, ms } : { kind: 'struck', size: to - at },
      limits,
    );
    isUnsure ||= isCounted && sent.kind === 'before';
    const counts = sent.kind === 'done' ? sent.counts.slice(0, changes.length) : [];
    const changed = counts.reduce((sum, count) => sum + count, 0);
    current = {
      ...{ ...current, reached },
      ...(isCounted ? { rows: { [only.id]: (current.rows[only.id] ?? 0) + changed } } : {}),
    };
    at = to;
    await keepLogSmall(session);
  }
  const done: Progress = { ...current, isDone: true, isEstimate: current.isEstimate || isUnsure };
  await sendNoted(session, done, [], (found) => found?.isDone === true);
  progress(1, 'done');
  return done;
}
