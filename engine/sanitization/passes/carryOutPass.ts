import type { Session } from '../../environments/provider.ts';
import { isPending } from '../rules/compileRule.ts';
import { chooseMethod, isLarge } from './chooseMethod.ts';
import { readCounts, type Counts } from './countRules.ts';
import { noteProgress, type Progress } from './ledger.ts';
import type { PassContext } from './passContext.ts';
import type { Pass } from './planPasses.ts';
import { rewriteTable } from './rewrite.ts';
import { sendNoted } from './sendNoted.ts';
import { changeAll, type Work } from './statements.ts';
import { walk } from './walk.ts';
import { pagesOf, slicesOf } from './ways.ts';
import { nameOf } from './facts/tableFacts.ts';

/** Carries one pass out from where the ledger says it is. Every change and its note are one transaction. */
export async function carryOutPass(session: Session, pass: Pass, context: PassContext): Promise<Progress> {
  const known = context.ledger.passes.get(pass.id);
  if (known?.isDone) return known;
  const work: Work = { ...context.scope, schema: pass.schema, table: pass.table, rules: pass.rules };
  const begun = known ?? (await begin(session, pass, work, context));
  if (begun.isDone) return begun;
  switch (begun.method) {
    case 'pages':
      return walk(session, pass, context, {
        begun,
        isResumed: known !== undefined,
        way: pagesOf(begun, work, context),
      });
    case 'slices': {
      const way = await slicesOf(session, pass, begun, work, context);
      return walk(session, pass, context, { begun, isResumed: known !== undefined, way });
    }
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
  await sendNoted(session, done, [change], (found) => found?.isDone === true);
  progress(1, 'done');
  return done;
}
