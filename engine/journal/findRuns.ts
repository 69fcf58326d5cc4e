import type { Instant, KnownPerson, Person, Run, RunState } from '../contracts.ts';
import { handsIn, idsOf } from '../contracts/mayBeDone/index.ts';
import { numberOf, type RunsPage } from './attention.ts';
import type { Journal } from './journal.ts';

/** Which runs somebody looks for. */
export interface RunSearch {
  /** Whoever asked, had a hand in the plan or approved it: by one of these ids, or by a part of the name. */
  readonly by?: { readonly ids: readonly string[]; readonly name?: string };
  /** The run, or its rollback, has failed. */
  readonly hasFailed?: boolean;
  /** When it was asked for. */
  readonly since?: Instant;
  readonly until?: Instant;
  /** Drafts that nobody has confirmed: none of them, those that are still open, or all, so that every number is found. */
  readonly drafts?: 'none' | 'open' | 'all';
}

/** Newest runs of each sandbox that are looked at; a team makes a few in a week. */
const LOOKED_AT = 500;

const FAILED: readonly RunState[] = ['failed', 'rollback-failed', 'rollback-in-progress', 'rolled-back'];

/** Runs that fit, newest first. `isCut`: there are older ones that nobody has looked at. */
export async function findRuns(
  journal: Pick<Journal, 'runs'>,
  search: RunSearch,
  { targets, from = 0, count }: { readonly targets: readonly string[]; readonly from?: number; readonly count: number },
): Promise<RunsPage & { readonly isCut: boolean }> {
  const states = search.hasFailed ? { states: FAILED } : {};
  const read = await Promise.all(targets.map((target) => journal.runs({ target, ...states, limit: LOOKED_AT })));
  const runs = read
    .flat()
    .filter((run) => fits(run, search))
    .toSorted((a, b) => numberOf(b) - numberOf(a));
  return {
    runs: runs.slice(from, from + count),
    hasMore: runs.length > from + count,
    isCut: read.some(({ length }) => length === LOOKED_AT),
  };
}

/** Whether somebody has confirmed it: only then it was asked for, and has a reason, be it an empty one. */
export const isRequest = ({ reason }: Run): boolean => reason !== undefined;

function fits(run: Run, { by, hasFailed = false, since, until, drafts = 'none' }: RunSearch): boolean {
  const isShown = isRequest(run) || drafts === 'all' || (drafts === 'open' && run.state === 'draft');
  if (!isShown || (hasFailed && !run.failure)) return false;
  if ((since !== undefined && run.createdAt < since) || (until !== undefined && run.createdAt >= until)) return false;
  if (by === undefined) return true;
  const hands = [
    run.requestedBy,
    ...handsIn(run),
    ...[run.approval, run.acknowledged].flatMap((one) => (one ? [one.by] : [])),
  ];
  return hands.some((one) => by.ids.includes(one.id) || isCalled(one, by.name));
}

function isCalled({ name }: Person, part: string | undefined): boolean {
  return part !== undefined && part !== '' && folded(name).includes(folded(part));
}

/** Whoever has this part in the name, and whoever of the file has it there. */
export const named = (people: readonly KnownPerson[], name: string): NonNullable<RunSearch['by']> => ({
  name,
  ids: people.filter((one) => folded(one.name).includes(folded(name))).flatMap(idsOf),
});

/** So that Weber is found by weber, and Nyström by nystrom. */
export const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
