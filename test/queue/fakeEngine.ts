import { REWIND, type Progress } from '../../engine/contracts.ts';
import type { Journal, Lease } from '../../engine/journal/journal.ts';
import type { Engine } from '../../engine/engine.ts';

export interface Proceeding {
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly lease: Lease;
  readonly progress: (progress: Progress) => void;
}

/** An engine with a memory: it starts a run and completes it, unless a test says what happens in between. */
export interface FakeEngine extends Engine {
  readonly planned: string[];
  readonly surveyed: string[];
  readonly kept: string[];
  /** Those that have begun: the run is in progress, and what follows is up to the test. */
  readonly proceeded: Proceeding[];
  /** Proceedings under way at the same moment, at most. */
  readonly mostAtOnce: () => number;
}

export function fakeEngine(
  journal: Journal,
  between: (proceeding: Proceeding) => Promise<'done' | 'handed-back' | void> = async () => {},
): FakeEngine {
  const memory = { planned: [] as string[], surveyed: [] as string[], kept: [] as string[] };
  const proceeded: Proceeding[] = [];
  let atOnce = 0;
  let most = 0;
  return {
    ...memory,
    proceeded,
    mostAtOnce: () => most,
    async plan(runId) {
      memory.planned.push(runId);
      const failure = { step: 'plan', code: 'none', message: '', remedy: '' } as const;
      const at = (await journal.run(runId))?.at ?? '';
      await journal.record(runId, { kind: 'plan-refused', at, failure }, { actor: REWIND });
    },
    async proceed(runId, options) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      try {
        const by = { actor: REWIND, lease: options.lease };
        const run = await journal.run(runId);
        if (run?.state === 'queued') await journal.record(runId, { kind: 'start' }, by);
        if (run?.state === 'awaiting-cutover') await journal.record(runId, { kind: 'resume' }, by);
        // Under the lease it looks again, as the real one does: another worker may have completed the run just before.
        if (run?.state === 'completed') return 'done';
        proceeded.push({ runId, ...options });
        const result = await between({ runId, ...options });
        if (result) return result;
        await journal.record(runId, { kind: 'complete', figures: {}, checklist: [] }, by);
        return 'done';
      } finally {
        atOnce -= 1;
      }
    },
    async survey(target) {
      memory.surveyed.push(target);
    },
    async housekeep(target) {
      memory.kept.push(target);
    },
  };
}

/** Resolves as the signal is aborted, and says so in the way of an engine between two steps. */
export function untilAborted(signal: AbortSignal): Promise<'handed-back'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('handed-back');
    signal.addEventListener('abort', () => resolve('handed-back'), { once: true });
  });
}
