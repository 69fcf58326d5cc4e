import type { Clock } from '../engine/clock.ts';
import type { Progress } from '../engine/contracts.ts';

/** Passes on at most one report per `everyMs`, and each step's first at once. What is dropped is overtaken by the next. */
export function throttled(clock: Clock, everyMs: number, send: (progress: Progress) => void) {
  let sentAt = Number.NEGATIVE_INFINITY;
  let sentStep = '';
  return (progress: Progress): void => {
    const now = clock.elapsedMs();
    if (progress.step === sentStep && now - sentAt < everyMs) return;
    [sentAt, sentStep] = [now, progress.step];
    send(progress);
  };
}
