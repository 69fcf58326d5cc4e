import type { CardAddress } from '../../engine/contracts.ts';
import type { Card } from '../../cards/index.ts';
import type { Shown } from './pace.ts';

/** What a process knows of a message beyond its row. */
export interface Remembered {
  shown?: Shown;
  /** How it was answered, for whom it was answered: drawn with what the journal does not keep. */
  first?: Card;
  /** Where it lies and which record it shows there, as long as the journal does not know. */
  lies?: { readonly address: CardAddress; readonly seq: number };
  /** Another try is on its way, and where an earlier one, given up, has put it meanwhile. */
  isPosting: boolean;
  readonly late: CardAddress[];
  /** The row says where it lies; a copy of the row that was read before does not. */
  isPosted: boolean;
  /** The chat has refused it since its row said that a try had begun. */
  isUntried: boolean;
  /** Nothing more is to be done for it, and its row is gone as well. */
  isOver: boolean;
  isForgotten: boolean;
  /** Sent again although the picture is the same: somebody sees another one. */
  isForced: boolean;
  /** Failures in a row that are about this message alone. */
  failures: number;
  /** Monotonic milliseconds, as of `version` of its run. */
  notBeforeMs: number;
  version: number;
  /** A question on it is open until then, so that progress has to wait. */
  askedUntilMs: number;
  /** The first try is over. */
  readonly tried: PromiseWithResolvers<void>;
}

const KEPT = 5_000;

export interface Memory {
  of(id: string): Remembered;
  /** Forgets what is over and no longer due, and the oldest of too many. */
  prune(isDue: (id: string) => boolean): void;
}

export function createMemory(): Memory {
  const all = new Map<string, Remembered>();
  return {
    of(id) {
      const known = all.get(id) ?? unknown();
      all.delete(id);
      all.set(id, known);
      return known;
    },
    prune(isDue) {
      for (const [id, { isOver }] of all) if ((isOver || all.size > KEPT) && !isDue(id)) all.delete(id);
    },
  };
}

function unknown(): Remembered {
  return {
    late: [],
    isPosting: false,
    isPosted: false,
    isUntried: false,
    isOver: false,
    isForgotten: false,
    isForced: false,
    failures: 0,
    notBeforeMs: 0,
    version: 0,
    askedUntilMs: 0,
    tried: Promise.withResolvers<void>(),
  };
}
