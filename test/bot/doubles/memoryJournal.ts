import type { LogLine, Run, RunRecord, Survey } from '../../../engine/contracts.ts';
import { personOf } from '../../../engine/contracts/mayBeDone/index.ts';
import { draftedRun } from '../../../engine/journal/draftedRun.ts';
import { OVER, TRANSITIONS } from '../../../engine/journal/events.ts';
import { extended } from '../../../engine/journal/sql/sqlBesideRuns.ts';
import { previousDueAt } from '../../../engine/journal/sql/migrations/runColumns.ts';
import type { Chore, Journal } from '../../../engine/journal/journal.ts';
import { RunNotFoundError } from '../../../engine/journal/errors.ts';
import type { TargetHold } from '../../../engine/journal/rule/transitionContext.ts';
import { memoryFreezes } from './memoryFreezes.ts';
import { memoryMessages } from './memoryMessages.ts';
import { memorySchedules } from './memorySchedules.ts';
import { memoryReach } from './memoryReach.ts';
import { memoryReservations } from './memoryReservations.ts';
import { transition } from '../../../engine/journal/rule/transition.ts';

/** A journal that forgets when the test ends; every change goes through the real transitions. */
export function createMemoryJournal(now: () => string): Journal {
  const runs = new Map<string, Run>();
  const holds = new Map<string, TargetHold>();
  const records = new Map<string, RunRecord[]>();
  const logs = new Map<string, LogLine[]>();
  const surveys = new Map<string, Survey>();
  const heads = new Set<string>();
  const reports = new Map<string, string>();
  const lists = new Map<string, { readonly text: string; readonly until: string; readonly keptMs?: number }>();
  let lastNumber = 1041;

  const { inForce, ...freezes } = memoryFreezes(now);
  const { kept, ...reservations } = memoryReservations(now);
  const holdOf = (target: string): TargetHold => {
    const freeze = inForce(target);
    const reservation = kept(target);
    return { ...(holds.get(target) ?? { target, generation: 0 }), freeze, reservation };
  };
  /** By the documents, run by run; the real journal finds the same by its columns. */
  const choresOf = (run: Run, at: string): readonly Chore[] => {
    const { runId, target } = run;
    const isIn = (kind: 'expire' | 'copy-dropped') => TRANSITIONS[kind].from.some((state) => state === run.state);
    const later = [...runs.values()].filter(
      (one) => one.target === target && (one.generation ?? 0) > (run.generation ?? Infinity),
    );
    const next = later.toSorted((a, b) => (a.generation ?? 0) - (b.generation ?? 0))[0];
    const due: readonly (readonly [Chore['kind'], boolean])[] = [
      ['expire', isIn('expire') && run.expiresAt !== undefined && run.expiresAt <= at],
      ['note-succession', run.generation !== undefined && next?.runId !== run.replacedBy?.runId],
      ['roll-back', run.state === 'failed' && run.generation !== undefined && holdOf(target).heldBy === runId],
      ['drop-copy', isIn('copy-dropped') && run.copyKeptUntil !== undefined && run.copyKeptUntil <= at],
      ['drop-previous', (previousDueAt(run) ?? '9') <= at],
    ];
    return due.flatMap(([kind, isDue]) =>
      isDue ? [{ kind, runId, target, ...(kind === 'note-succession' && next ? { by: next.runId } : {}) }] : [],
    );
  };
  const schedules = memorySchedules(now, (runId) => runs.get(runId));
  const messages = memoryMessages((runId) => runs.get(runId ?? ''), holdOf, now);
  const { pass: _, ...schedulesOf } = schedules;
  const notHere = () => Promise.reject(new Error('not part of this double'));

  return {
    migrate: async () => {},
    async draft(draft) {
      const isBegun = ({ target, state, pressed }: Run) =>
        target === draft.target && state === 'draft' && pressed !== undefined && pressed === draft.pressed;
      const begun = [...runs.values()].find(isBegun);
      if (begun) return begun;
      if (draft.scheduled) schedules.pass(draft.scheduled, () => `R-${lastNumber + 1}`);
      lastNumber += 1;
      const former = draft.plannedAgainFrom === undefined ? undefined : runs.get(draft.plannedAgainFrom);
      const run = draftedRun(draft, former, { runId: `R-${lastNumber}`, at: now() });
      runs.set(run.runId, run);
      records.set(run.runId, []);
      return run;
    },
    run: async (runId) => runs.get(runId),
    async runs({ target, generation, states, actors, limit = 100 }) {
      return [...runs.values()]
        .toReversed()
        .filter((run) => (!target || run.target === target) && (!states || states.includes(run.state)))
        .filter(({ runId }) => !actors || records.get(runId)?.some(({ actor }) => actors.includes(actor.id)))
        .filter((run) => generation === undefined || run.generation === generation)
        .slice(0, limit);
    },
    chores: async (at) => [...runs.values()].flatMap((run) => choresOf(run, at)),
    async record(runId, event, { actor }) {
      const run = runs.get(runId);
      if (!run) throw new RunNotFoundError(runId);
      const changed = transition(run, event, { now: now(), actor, hold: holdOf(run.target) });
      runs.set(runId, changed.run);
      holds.set(run.target, changed.hold);
      records.get(runId)?.push({
        runId,
        seq: changed.run.version,
        at: now(),
        actor: personOf(actor),
        event: event.kind,
        data: event,
        previousHash: '',
        hash: '',
      });
      return changed.run;
    },
    records: async (runId) => records.get(runId) ?? [],
    verify: notHere,
    hold: async (target) => holdOf(target),
    acquireLease: notHere,
    renewLease: notHere,
    releaseLease: notHere,
    leases: async () => [],
    async saveSurvey(target, survey) {
      surveys.set(target, survey);
    },
    survey: async (target) => surveys.get(target),
    ...messages,
    ...memoryReach(messages, now),
    ...freezes,
    ...schedulesOf,
    ...reservations,
    async keepReport(runId, { sha256, text }) {
      reports.set(`${runId} ${sha256}`, text);
    },
    report: async (runId, sha256) => reports.get(`${runId} ${sha256}`),
    async keepProfileList(runId, { kind, ...list }) {
      lists.set(`${runId} ${kind}`, list);
    },
    async profileList(runId, kind, at = '') {
      const list = lists.get(`${runId} ${kind}`);
      return list && list.until > at ? list.text : undefined;
    },
    async dropProfileLists(at) {
      for (const [key, list] of lists) {
        const run = runs.get(key.split(' ')[0] ?? '');
        const isGoingOn =
          run !== undefined &&
          (!OVER.includes(run.state) ||
            holdOf(run.target).heldBy === run.runId ||
            (run.state === 'failed' && run.copyKeptUntil !== undefined));
        if (isGoingOn) lists.set(key, { ...list, until: extended(list.until, at, list.keptMs ?? 86_400_000) });
        else if (list.until <= at) lists.delete(key);
      }
    },
    isHeadKept: async (end) => heads.has(JSON.stringify(end)),
    async headKept(end) {
      heads.add(JSON.stringify(end));
    },
    async appendLog(runId, lines) {
      logs.set(runId, [...(logs.get(runId) ?? []), ...lines]);
    },
    log: async (runId) => logs.get(runId) ?? [],
    async [Symbol.asyncDispose]() {},
  };
}
