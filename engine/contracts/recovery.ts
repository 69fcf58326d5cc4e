import type { Instant } from './people.ts';

export interface RecoveryWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export interface RecoveryGap {
  readonly from: Instant;
  readonly to: Instant;
  /** Plain words: `a log backup is missing`. */
  readonly reason: string;
}

/** A moment that people of an installation call by a name: `month-end close`. */
export interface NamedMoment {
  readonly name: string;
  readonly at: Instant;
}

/** What a source can be restored to, as measured at `measuredAt`. Windows and gaps ascend and do not overlap. */
export interface Survey {
  readonly source: string;
  readonly measuredAt: Instant;
  readonly windows: readonly RecoveryWindow[];
  readonly gaps: readonly RecoveryGap[];
  /** Recovery points closer together than this are the same point. */
  readonly precisionMs: number;
  readonly sizeBytes?: number;
  /** For whoever looks after the backups: files that could not be read, and the like. */
  readonly notes?: readonly string[];
  /** Of the other sources of the same target, where it has some. */
  readonly others?: readonly Survey[];
}
