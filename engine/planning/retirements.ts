import type { CheckResult, EarlierWayBack, Retirement, Run } from '../contracts.ts';
import type { RestorePlan } from '../environments/provider.ts';
import { type EventKind, TRANSITIONS } from '../journal/events.ts';
import { isUndecided } from '../contracts/mayBeDone/index.ts';
import type { EngineParts } from '../parts.ts';
import { blocked, warning } from '../prerequisites/condition.ts';
import { describeBytes } from '../sizes.ts';

/** One line of the plan per run whose former databases have to go; blocked where they are not the plan's to give away. */
export function retirementChecks(
  parts: EngineParts,
  target: string,
  retires: readonly Retirement[] = [],
): Promise<readonly CheckResult[]> {
  return linesOf(parts, target, retires, {
    name: 'retires-previous',
    title: (runId) => `the former databases of ${runId}`,
    detail: (names, size, why) => `${whyDropped(why)} ${names} (${size})`,
    mayGo: (run) => isAllowed('previous-retired', run) && !isUndecided(run),
    first: (runId) => `Roll ${runId} back, or accept it, then plan again.`,
    lost: 'rolled back',
    wanted: (runId) => `wants ${runId} back`,
  });
}

function whyDropped(why: Retirement['why']): string {
  switch (why) {
    case 'too-deep':
      return 'No more than the newest way back is kept, so these go:';
    case 'policy':
      return 'The policy of the sandbox (earlierWayBack: drop) gives up';
    case undefined:
      return 'The copy has no room beside';
  }
}

/** Where the policy wants a decision first: a plan that would put a promised way back behind another run is blocked. */
export const undecidedChecks = (target: string, undecided: readonly EarlierWayBack[] = []): readonly CheckResult[] =>
  undecided.map(({ runId, until }) => ({
    name: 'earlier-way-back',
    title: `The way back of ${runId} is undecided`,
    ...blocked(
      'measured',
      `${runId} can be rolled back until ${until}, and the policy of ${target} (earlierWayBack: refuse) puts no refresh before it`,
      `Sign ${runId} off, or roll it back, then plan again.`,
    ),
  }));

/** What failed runs have left beside the target. A run's own copy is taken up by its retry. */
export const copiesToDrop = ({ runId }: Pick<Run, 'runId'>, { copies = [] }: RestorePlan): readonly Retirement[] =>
  copies.filter((copy) => copy.runId !== runId);

/** One line of the plan per kept copy that goes; blocked where it is not the plan's to drop. */
export function copyChecks(
  parts: EngineParts,
  target: string,
  copies: readonly Retirement[],
): Promise<readonly CheckResult[]> {
  return linesOf(parts, target, copies, {
    name: 'drops-copy',
    title: (runId) => `the kept copy of ${runId}`,
    detail: (names, size) => `${names} (${size})`,
    mayGo: (run) => isAllowed('copy-dropped', run),
    first: (runId) => `Wait for ${runId}.`,
    lost: 'retried',
    wanted: (runId) => `wants to retry ${runId}`,
  });
}

const isAllowed = (event: EventKind, { state }: Run): boolean => TRANSITIONS[event].from.some((one) => one === state);

interface Words {
  readonly name: string;
  /** What goes. */
  readonly title: (runId: string) => string;
  readonly detail: (names: string, size: string, why: Retirement['why']) => string;
  readonly mayGo: (run: Run) => boolean;
  /** What comes first where it may not go. */
  readonly first: (runId: string) => string;
  readonly lost: string;
  readonly wanted: (runId: string) => string;
}

function linesOf(
  { journal }: EngineParts,
  target: string,
  goes: readonly Retirement[],
  words: Words,
): Promise<readonly CheckResult[]> {
  return Promise.all(
    goes.map(async ({ runId, names, sizeBytes, why }): Promise<CheckResult> => {
      const goes = words.title(runId);
      const detail = words.detail(names.join(' and '), describeBytes(sizeBytes), why);
      const block = (why: string, remedy: string) => ({
        ...{ name: words.name, title: `Would have to drop ${goes}` },
        ...blocked('measured', `${detail}. ${why}`, remedy),
      });
      const run = await journal.run(runId);
      if (run === undefined || run.target !== target)
        return block(`${runId} is no run of this target`, 'Find out whose they are, and drop them by hand.');
      if (!words.mayGo(run)) return block(`${runId} is ${run.state}`, words.first(runId));
      const loss = `${runId} cannot be ${words.lost} afterwards. ${detail}`;
      const about = { name: words.name, title: `Drops ${goes}` };
      return { ...about, ...warning('measured', loss, `Go on only if nobody ${words.wanted(runId)}.`) };
    }),
  );
}
