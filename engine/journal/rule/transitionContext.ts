import type { Actor, Freeze, Instant, Reservation } from '../../contracts.ts';

/** The journal's row of a target, as far as a transition looks at it. */
export interface TargetHold {
  readonly target: string;
  /** The run that may touch the target. */
  readonly heldBy?: string;
  /** Counts the swaps of this target that were not rolled back: the run of that generation is the one whose data it holds. */
  readonly generation: number;
  /** Whether its time is over is for whoever asks to compare. */
  readonly freeze?: Freeze;
  readonly reservation?: Reservation;
}

export interface TransitionContext {
  readonly now: Instant;
  readonly actor: Actor;
  readonly hold: TargetHold;
}
