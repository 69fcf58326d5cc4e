import type { DueMessage } from '../../engine/journal/messages.ts';
import { CONVERSATION, createLimits, EVERYWHERE, PROGRESS, type Limits } from './limits.ts';

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
  /** How long a message has to wait for its turn; 0 takes it. Progress may use less than what asks somebody to act. */
  turn(isProgress: boolean, nowMs: number): number;
  isIdle(nowMs: number): boolean;
}

export interface Lanes {
  of(conversation: string): Lane;
  all(): readonly Lane[];
  /** Forgets conversations in which nothing waits, and nothing was said for so long that no limit remembers it. */
  prune(nowMs: number): void;
}

/** `everywhere` is shared by all conversations. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const everywhere = createLimits(EVERYWHERE);
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

function createLane(everywhere: Limits): Lane {
  const all = createLimits(CONVERSATION);
  const progress = createLimits(PROGRESS);
  const lane: Lane = {
    urgent: [],
    due: [],
    failures: 0,
    notBeforeMs: 0,
    turn(isProgress, nowMs) {
      const limits = isProgress ? [everywhere, all, progress] : [everywhere, all];
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
