import type { DatabaseRole, Instant, Source, Survey } from '../../contracts.ts';
import { earliestMoment } from '../../recovery/earliestMoment.ts';
import { refuseUnreachable } from '../../recovery/refuseUnreachable.ts';
import type { Statement } from './server.ts';
import type { ModelState } from './state.ts';

const ms = (instant: Instant) => Date.parse(instant);

/** The window ends just before the last commit, as everywhere: nothing later is proved to be in a backup. */
export function surveyOf(state: ModelState, source: Source): Survey {
  const last = state.history.at(-1)?.at ?? state.backedUpAt;
  const earliest = Math.max(ms(state.backedUpAt), earliestMoment(source, state.clock.now()));
  const ends = [...state.gaps.map((gap) => gap.from), new Date(ms(last) - 1).toISOString()];
  const starts = [new Date(earliest).toISOString(), ...state.gaps.map((gap) => gap.to)];
  const windows = starts.map((from, index) => ({ from, to: ends[index] ?? from }));
  return {
    source: source.name,
    measuredAt: state.clock.now(),
    windows: windows.filter(({ from, to }) => ms(from) <= ms(to)),
    gaps: state.gaps,
    precisionMs: 1,
  };
}

/** @throws RecoveryPointUnreachableError */
export function reach(state: ModelState, source: Source, at: Instant): void {
  refuseUnreachable(surveyOf(state, source), at, {
    noWindow: 'no backup is known',
    after: () => 'no log backup covers it',
  });
}

/** Everything that one database of production has seen until then. */
export function historyOf({ history }: ModelState, role: DatabaseRole, until: Instant): readonly Statement[] {
  return history.filter((one) => one.role === role && ms(one.at) <= ms(until)).map(({ statement }) => statement);
}
