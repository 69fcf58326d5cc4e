import {
  STEP_NAMES,
  type CardKind,
  type LogLine,
  type Run,
  type RunRecord,
  type Survey,
} from '../../../engine/contracts.ts';
import type { CardRow, Journal } from '../../../engine/journal/journal.ts';
import { RunNotFoundError } from '../../../engine/journal/errors.ts';
import type { TargetHold } from '../../../engine/journal/transitionContext.ts';
import { transition } from '../../../engine/journal/transition.ts';

/** A journal that forgets when the test ends; every change goes through the real transitions. */
export function createMemoryJournal(now: () => string): Journal {
  const runs = new Map<string, Run>();
  const holds = new Map<string, TargetHold>();
  const records = new Map<string, RunRecord[]>();
  const cards = new Map<string, CardRow>();
  const logs = new Map<string, LogLine[]>();
  const surveys = new Map<string, Survey>();
  const heads = new Set<string>();
  let lastNumber = 1041;

  const keyOf = (runId: string, kind: CardKind) => `${runId} ${kind}`;
  const holdOf = (target: string): TargetHold => holds.get(target) ?? { target, generation: 0 };
  const notHere = () => Promise.reject(new Error('not part of this double'));

  return {
    migrate: async () => {},
    async draft({ target, source, requestedBy, zone, expiresAt }) {
      lastNumber += 1;
      const run: Run = {
        runId: `R-${lastNumber}`,
        state: 'draft',
        version: 1,
        target,
        source,
        requestedBy,
        zone,
        expiresAt,
        createdAt: now(),
        updatedAt: now(),
        isPlanning: false,
        steps: STEP_NAMES.map((name) => ({ name, state: 'waiting', detail: '' })),
        remembered: {},
        targetState: 'old',
        isPreviousRetired: false,
        figures: {},
        checklist: [],
      };
      runs.set(run.runId, run);
      records.set(run.runId, []);
      return run;
    },
    run: async (runId) => runs.get(runId),
    async runs({ target, states, limit = 100 }) {
      return [...runs.values()]
        .toReversed()
        .filter((run) => (!target || run.target === target) && (!states || states.includes(run.state)))
        .slice(0, limit);
    },
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
        actor,
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
    async saveCard(card) {
      const key = keyOf(card.runId, card.kind);
      cards.set(key, { ...card, goneAt: undefined, shownSeq: card.shownSeq ?? cards.get(key)?.shownSeq ?? 0 });
    },
    async cardShown(runId, kind, seq) {
      const row = cards.get(keyOf(runId, kind));
      if (row && row.shownSeq < seq) cards.set(keyOf(runId, kind), { ...row, shownSeq: seq });
    },
    cards: async (runId) => [...cards.values()].filter((row) => row.runId === runId),
    async cardsBehind(limit) {
      return [...cards.values()]
        .filter((row) => !row.goneAt && row.shownSeq < (runs.get(row.runId)?.version ?? 0))
        .slice(0, limit);
    },
    async forgetCard(runId, kind) {
      cards.delete(keyOf(runId, kind));
    },
    async cardGone(runId, kind) {
      const row = cards.get(keyOf(runId, kind));
      if (row) cards.set(keyOf(runId, kind), { ...row, goneAt: now() });
    },
    cardsGone: async () => [...cards.values()].filter(({ goneAt }) => goneAt !== undefined),
    async cardBack(runId, kind) {
      const row = cards.get(keyOf(runId, kind));
      if (row) cards.set(keyOf(runId, kind), { ...row, goneAt: undefined });
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
