import type { CheckResult, Misfit, Sandbox, Source } from '../contracts.ts';
import { describeMisfit, isSameMisfit, nounOf } from '../customizations/describeMisfit.ts';
import { misfitsOfCopy } from '../customizations/rememberedMisfits.ts';
import { readEnforced, tryCustomizations, type Trial } from '../customizations/tryCustomizations.ts';
import { isSynchronizedBehind, isSynchronizedBeside } from '../customizations/tryOnCopy.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { passed, warning } from '../prerequisites/condition.ts';

export interface Customizations {
  readonly misfits: readonly Misfit[];
  readonly checks: readonly CheckResult[];
}

/** Production is in use: larger tables are tried on the copy alone, and so is what is not answered for within this time. */
const AT_MOST_ROWS = 1_000_000;
const WITHIN_MS = 10_000;
/** Each is a line of the card. */
const NAMED = 10;
const LAST_RUNS = 10;

/** What is known beforehand of how the sandbox's own indexes and constraints fit: by production now, and by the last copy. */
export async function lookAtCustomizations(parts: EngineParts, pair: Pair): Promise<Customizations> {
  const { source, target, provider } = pair;
  const trial = await tryOnProduction(parts, pair).catch(notForNow);
  const now = trial?.misfits ?? [];
  const earlier = await lastCopy(parts, pair);
  let inCopy = (earlier?.misfits ?? []).filter((misfit) => !now.some((each) => isSameMisfit(each, misfit)));
  if (inCopy.length > 0) {
    await using sandbox = await provider.session(target, 'target', 'application');
    const enforced = trial?.enforced ?? (await readEnforced(sandbox));
    inCopy = inCopy.filter((misfit) => enforced.some((each) => isSameMisfit(each, misfit)));
  }
  const remedy = remedyFor(target, source);
  const found = [
    ...now.map((misfit) => ({ misfit, whose: source.title })),
    ...inCopy.map((misfit) => ({ misfit, whose: `the copy of ${earlier?.runId ?? ''}` })),
  ];
  const named = found.slice(0, NAMED).map(({ misfit, whose }) => ({
    name: 'customization-fits',
    title: `${target.title}’s own ${nounOf(misfit)} does not fit the data`,
    ...warning('measured', describeMisfit(misfit, whose), remedy),
  }));
  return {
    misfits: found.map(({ misfit }) => misfit),
    checks: [...named, ...others(target, found.slice(NAMED), remedy), ...summary(pair, trial)],
  };
}

/** Whoever names no reader of production, or gives it too few rights, has the copy tried alone. */
function notForNow(error: unknown): undefined {
  if (!(error instanceof TerminalError)) throw error;
}

async function tryOnProduction({ clock }: EngineParts, { source, target, provider }: Pair): Promise<Trial> {
  await using sandbox = await provider.session(target, 'target', 'application');
  await using rows = await provider.session(source, 'source', 'application');
  const until = clock.elapsedMs() + WITHIN_MS;
  // Awaited, so that both are open until it has come to its end.
  return await tryCustomizations({
    ...{ sandbox, rows },
    production: { atMostRows: AT_MOST_ROWS, isTimeLeft: () => clock.elapsedMs() < until },
  });
}

async function lastCopy(
  { journal }: EngineParts,
  { source, target }: Pair,
): Promise<{ readonly runId: string; readonly misfits: readonly Misfit[] } | undefined> {
  for (const run of await journal.runs({ target: target.name, limit: LAST_RUNS })) {
    const misfits = run.source === source.name ? misfitsOfCopy(run) : undefined;
    if (misfits) return { runId: run.runId, misfits };
  }
  return undefined;
}

function remedyFor(target: Sandbox, { title }: Source): string {
  const otherwise = isSynchronizedBehind(target)
    ? 'synchronization fails on them behind the switch, to be mended there or rolled back'
    : isSynchronizedBeside(target)
      ? 'synchronizing the copy fails on them, and the sandbox stays as it is'
      : 'a synchronization by hand fails on them';
  return `Mend these rows in ${title}, or withdraw the customization from ${target.title}: ${otherwise}.`;
}

const about = ({ title }: Sandbox) => ({
  name: 'customizations-tried',
  title: `${title}’s own indexes and constraints`,
});

function others(target: Sandbox, rest: readonly { readonly misfit: Misfit }[], remedy: string): readonly CheckResult[] {
  if (rest.length === 0) return [];
  const names = rest.map(({ misfit: { name, table } }) => `${name} on ${table}`).join(', ');
  return [{ ...about(target), ...warning('measured', `${String(rest.length)} more do not fit: ${names}`, remedy) }];
}

/** What was tried, and where the rest will be. */
function summary({ source, target }: Pair, trial: Trial | undefined): readonly CheckResult[] {
  const where = isSynchronizedBeside(target) ? 'synchronizing the copy tries' : 'the copy is tried for';
  if (trial === undefined) {
    const detail = `${source.title} is not read for them; ${where} them, before anybody is offline`;
    return [{ ...about(target), ...passed('not-applicable', detail) }];
  }
  const { own, untried, unseenTables } = trial;
  if (own === 0 && unseenTables === 0) return [];
  const tried = own - untried.length;
  const unseen = unseenTables === 0 ? '' : `; ${source.title} does not show ${String(unseenTables)} of its tables`;
  const rest = untried.length === 0 && unseenTables === 0 ? '' : `; ${where} the rest, before anybody is offline`;
  const detail = `${String(tried)} of ${String(own)} tried on ${source.title} as it is now${unseen}${rest}`;
  return [{ ...about(target), ...passed(tried > 0 ? 'measured' : 'not-applicable', detail) }];
}
