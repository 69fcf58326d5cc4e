import type { DueMessage } from '../../engine/journal/messages.ts';
import { CONVERSATION, createLimits, EVERYWHERE, PROGRESS, WITH_ANSWERS, type Limits } from './limits.ts';

/** Somebody has just asked; somebody should hear of it; or it only moves. Each may use less than the one before. */
export type Urgency = 'answer' | 'news' | 'progress';

/** One conversation: one message is on its way at a time, so the order is kept, and none faster than the chat bears. */
export interface Lane {
  /** Handed in to be sent at once, first come first served. */
  readonly urgent: DueMessage[];
  /** What the journal had when it was last looked at: messages to be posted, then cards, the one shown longest ago first. */
  due: DueMessage[];
  /** Refusals in a row that say something about the conversation or the chat. */
  failures: number;
  /** Monotonic milliseconds. */
  notBeforeMs: number;
  draining?: Promise<void>;
  /** How long a message has to wait for its turn; 0 takes it. */
  turn(what: Urgency, nowMs: number): number;
  isIdle(nowMs: number): boolean;
}

export interface Lanes {
  of(conversation: string): Lane;
  all(): readonly Lane[];
  /** Forgets conversations in which nothing waits, and nothing was said for so long that no limit remembers it. */
  prune(nowMs: number): void;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const everywhere = { answer: createLimits(WITH_ANSWERS), news: createLimits(EVERYWHERE) };
  return {
    of(conversation) {
      const lane = lanes.get(conversation) ?? createLane(everywhere);
      lanes.set(conversation, lane);
      return lane;
    },
    all: () => [...lanes.values()],
    prune(nowMs) {
      for (const [conversation, lane] of lanes) if (lane.isIdle(nowMs)) lanes.delete(conversation);
    },
  };
}

/** `everywhere` is shared by all conversations. */
function createLane(everywhere: Readonly<Record<'answer' | 'news', Limits>>): Lane {
  const all = createLimits(CONVERSATION);
  const progress = createLimits(PROGRESS);
  const lane: Lane = {
    urgent: [],
    due: [],
    failures: 0,
    notBeforeMs: 0,
    turn(what, nowMs) {
      const limits = [
        ...[everywhere.answer, all],
        ...(what === 'answer' ? [] : [everywhere.news]),
        ...(what === 'progress' ? [progress] : []),
      ];
      const waitMs = Math.max(...limits.map((one) => one.waitMs(nowMs)));
      if (waitMs === 0) for (const one of limits) one.take(nowMs);
      return waitMs;
    },
    isIdle: (nowMs) =>
      lane.draining === undefined &&
      lane.urgent.length + lane.due.length === 0 &&
      lane.notBeforeMs <= nowMs &&
      all.isFresh(nowMs),
  };
  return lane;
}
