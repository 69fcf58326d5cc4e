import type { Run, RunState } from '../contracts.ts';
import type { Journal } from './journal.ts';

/** In this order runs want to be seen; of each kind the newest first. */
const KINDS = ['waits', 'runs', 'failed', 'ended', 'draft'] as const;
type Kind = (typeof KINDS)[number];

const STATES = {
  waits: ['awaiting-approval', 'awaiting-exception', 'awaiting-cutover'],
  runs: ['queued', 'in-progress', 'rollback-in-progress'],
  failed: ['failed', 'rollback-failed'],
  ended: ['completed', 'signed-off', 'rolled-back'],
  draft: ['draft'],
  /** A decision, or a draft that came to nothing. */
  aborted: ['aborted'],
} as const satisfies Readonly<Record<string, readonly RunState[]>>;

/** Enough to find what is worth showing among drafts that came to nothing. */
const DRAFTS_LOOKED_AT = 200;

export interface RunsPage {
  readonly runs: readonly Run[];
  readonly hasMore: boolean;
}

/**
 * What waits for people first, then what runs, what failed and is still so, what has ended, and last what somebody only thought
 * about: however many drafts there are, none pushes a decision out of sight. `targets`: of these sandboxes; without, of all.
 */
export async function runsByAttention(
  journal: Pick<Journal, 'runs'>,
  {
    targets,
    from = 0,
    count,
    isEvery = false,
  }: {
    readonly targets?: readonly string[];
    readonly from?: number;
    readonly count: number;
    /** Also what somebody looked at and left without choosing a moment. */
    readonly isEvery?: boolean;
  },
): Promise<RunsPage> {
  const end = from + count;
  const read = async (states: readonly RunState[], limit: number) => {
    const perTarget = (targets ?? [undefined]).map((target) => journal.runs({ target, states, limit }));
    return (await Promise.all(perTarget)).flat();
  };
  const found = await Promise.all([
    ...KINDS.map((kind) => read(STATES[kind], kind === 'draft' ? Math.max(end + 1, DRAFTS_LOOKED_AT) : end + 1)),
    read(STATES.aborted, DRAFTS_LOOKED_AT),
  ]);
  const runs = byAttention(found.flat().filter((run) => isEvery || run.at !== undefined));
  return { runs: runs.slice(from, end), hasMore: runs.length > end };
}

export function byAttention(runs: readonly Run[]): readonly Run[] {
  const newest = new Map<string, number>();
  for (const run of runs.filter((one) => kindOf(one) !== 'draft'))
    newest.set(run.target, Math.max(newest.get(run.target) ?? 0, numberOf(run)));
  const rank = (run: Run) => {
    const kind = kindOf(run);
    // What a later run has left behind is history.
    const isOver = kind === 'failed' && (run.acceptedBy !== undefined || newest.get(run.target) !== numberOf(run));
    return KINDS.indexOf(isOver ? 'ended' : kind);
  };
  return runs.toSorted((a, b) => rank(a) - rank(b) || numberOf(b) - numberOf(a));
}

function kindOf(run: Run): Kind {
  // Only what was confirmed has a reason, be it an empty one.
  if (run.state === 'aborted') return run.reason === undefined ? 'draft' : 'ended';
  return KINDS.find((kind) => (STATES[kind] as readonly RunState[]).includes(run.state)) ?? 'ended';
}

export const numberOf = ({ runId }: Run): number => Number(runId.slice('R-'.length));
