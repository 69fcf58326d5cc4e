import { sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { Session } from '../../environments/provider.ts';
import { isPending } from '../rules/compileRule.ts';
import { chooseMethod, isLarge, keyFor, type Sizes } from './chooseMethod.ts';
import { readCounts, type Counts } from './countRules.ts';
import { noteProgress, type Ledger, type Progress } from './ledger.ts';
import type { Pass } from './planPasses.ts';
import { rewriteTable } from './rewrite.ts';
import { keepLogSmall } from './serverLog.ts';
import { partsOf, readBoundaries, type KeyValues } from './slices.ts';
import { changeAll, changePart, type Part, type RuleScope, type Work } from './statements.ts';
import { nameOf, type Facts } from './facts/tableFacts.ts';

export interface PassContext {
  readonly scope: RuleScope;
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly sizes: Sizes;
  readonly signal: AbortSignal | undefined;
  /** How much of the table is done, and how that is said. */
  readonly progress: (share: number, detail: string) => void;
}

/** Carries one pass out from where the ledger says it is. Every change and its note are one transaction. */
export async function carryOutPass(session: Session, pass: Pass, context: PassContext): Promise<Progress> {
  const known = context.ledger.passes.get(pass.id);
  if (known?.isDone) return known;
  const work: Work = { ...context.scope, schema: pass.schema, table: pass.table, rules: pass.rules };
  const begun = known ?? (await begin(session, pass, work, context));
  if (begun.isDone) return begun;
  switch (begun.method) {
    case 'pages':
      return byParts(session, pass, context, {
        begun,
        isResumed: known !== undefined,
        ...pagesOf(begun, work, context),
      });
    case 'slices':
      return byParts(session, pass, context, {
        ...{ begun, isResumed: known !== undefined },
        ...(await slicesOf(session, pass, begun, work, context)),
      });
    default:
      return atOnce(session, pass, begun, work, context);
  }
}

/** Looks at the table once: at all of a small one, at a sample of a large one. */
async function begin(session: Session, pass: Pass, work: Work, { facts, sizes }: PassContext): Promise<Progress> {
  const about = facts.get(nameOf(pass));
  const counts = await lookAt(session, pass, work, { facts, sizes });
  const { isSampled } = counts;
  const rows = Object.fromEntries(pass.rules.map(({ id }, index) => [id, counts.counts[index] ?? 0]));
  const isDone = !isSampled && counts.counts.every((count) => count === 0);
  const method = about === undefined || !isLarge(about, sizes) ? 'whole' : chooseMethod(work, about, counts, sizes);
  const begun: Progress = { id: pass.id, method, total: about?.pages ?? 0, rows, isEstimate: isSampled, isDone };
  // What is done at once is noted with it; nothing to do is noted as well, so that it is looked at once.
  if (isDone || method === 'pages' || method === 'slices')
    await session.executeTogether(noteProgress(session.dialect, begun));
  return begun;
}

export async function lookAt(
  session: Session,
  pass: Pass,
  work: Work,
  { facts, sizes }: Pick<PassContext, 'facts' | 'sizes'>,
): Promise<Counts & { readonly isSampled: boolean }> {
  const about = facts.get(nameOf(pass));
  const claims = pass.rules.map((rule) => (eb: Parameters<typeof isPending>[0]) => isPending(eb, rule, work));
  const isSampled =
    about !== undefined &&
    session.dialect === 'postgres' &&
    about.isWhole &&
    isLarge(about, sizes) &&
    about.pages > sizes.sampledPages;
  if (!isSampled) return { ...(await readCounts(session, work, claims)), isSampled };
  const percent = Math.max(0.01, (sizes.sampledPages / about.pages) * 100);
  const sample = await readCounts(session, work, claims, Number(percent.toFixed(4)));
  const scale = about.pages / sizes.sampledPages;
  return {
    ...{ isSampled, rows: Math.round(sample.rows * scale) },
    counts: sample.counts.map((count) => Math.round(count * scale)),
  };
}

async function atOnce(
  session: Session,
  pass: Pass,
  begun: Progress,
  work: Work,
  { facts, signal, progress }: PassContext,
): Promise<Progress> {
  signal?.throwIfAborted();
  const about = facts.get(nameOf(pass));
  const isRewritten = begun.method === 'rewrite' && about !== undefined;
  progress(0, isRewritten ? 'written anew' : 'in one statement');
  const change = isRewritten ? rewriteTable(work, about) : changeAll(work);
  const done: Progress = { ...begun, isDone: true };
  await session.executeTogether([change, ...noteProgress(session.dialect, done)]);
  progress(1, 'done');
  return done;
}

interface Step {
  /** Statements for the rows of one transaction. */
  readonly changes: readonly CompiledQuery[];
  readonly reached: string;
  readonly share: number;
  readonly detail: string;
}

interface Parts {
  readonly begun: Progress;
  readonly isResumed: boolean;
  readonly steps: readonly Step[];
}

async function byParts(
  session: Session,
  pass: Pass,
  { signal, progress }: PassContext,
  { begun, isResumed, steps }: Parts,
): Promise<Progress> {
  const [only, ...others] = pass.rules;
  // The server tells how many rows all rules together have changed; of one rule that is its own number.
  const isCounted = only !== undefined && others.length === 0;
  let current: Progress = isCounted && !isResumed ? { ...begun, rows: { [only.id]: 0 }, isEstimate: false } : begun;
  for (const step of steps) {
    signal?.throwIfAborted();
    progress(step.share, step.detail);
    const counts = await session.executeTogether([
      ...step.changes,
      ...noteProgress(session.dialect, { ...current, reached: step.reached }),
    ]);
    const changed = counts.slice(0, step.changes.length).reduce((sum, count) => sum + count, 0);
    current = {
      ...{ ...current, reached: step.reached },
      ...(isCounted ? { rows: { [only.id]: (current.rows[only.id] ?? 0) + changed } } : {}),
    };
    await keepLogSmall(session);
  }
  // A kill may have come between a part and the note of its number.
  const done: Progress = { ...current, isDone: true, isEstimate: current.isEstimate || (isCounted && isResumed) };
  await session.executeTogether(noteProgress(session.dialect, done));
  progress(1, 'done');
  return done;
}

/** Ranges of pages. Their number was read once: new versions of rows lie behind it, or where nothing is pending any more. */
function pagesOf(
  { reached, total }: Progress,
  work: Work,
  { sizes }: PassContext,
): { readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  for (let from = Number(reached ?? 0); from < total; from += sizes.pagesPerRange) {
    const to = Math.min(total, from + sizes.pagesPerRange);
    const part = sql<boolean>`ctid >= ${sql.lit(`(${String(from)},0)`)}::tid and ctid < ${sql.lit(`(${String(to)},0)`)}::tid`;
    steps.push({
      ...{ changes: [changePart(work, part)], reached: String(to), share: from / total },
      detail: `${from.toLocaleString('en')} of ${total.toLocaleString('en')} pages`,
    });
  }
  return { steps };
}

async function slicesOf(
  session: Session,
  pass: Pass,
  { reached }: Progress,
  work: Work,
  { facts, sizes }: PassContext,
): Promise<{ readonly steps: readonly Step[] }> {
  const about = facts.get(nameOf(pass));
  const key = about === undefined ? undefined : keyFor(work.rules, about);
  if (about === undefined || key === undefined) throw new TypeError(`${work.table} has lost its key`);
  const first = reached === undefined ? undefined : keyValues(reached);
  if (first?.length === 0) return { steps: [] };
  const bounds = await readBoundaries(session, work, { key, rows: sizes.rowsPerSlice, after: first });
  const total = Math.max(about.rows, bounds.length * sizes.rowsPerSlice);
  const before = total - bounds.length * sizes.rowsPerSlice;
  return {
    steps: [...bounds, undefined].map((upTo, index): Step => {
      const parts: readonly Part[] = partsOf(key, index === 0 ? first : bounds[index - 1], upTo);
      const rows = (first === undefined ? 0 : before) + index * sizes.rowsPerSlice;
      return {
        changes: parts.map((part) => changePart(work, part)),
        reached: JSON.stringify(upTo ?? []),
        share: Math.min(1, rows / Math.max(1, total)),
        detail: `${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows`,
      };
    }),
  };
}

/** Written by `slicesOf`. */
const keyValues = (text: string): KeyValues => {
  const values: unknown = JSON.parse(text);
  return Array.isArray(values) ? values.map(String) : [];
};
