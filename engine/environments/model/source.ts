import type { DatabaseRole, Instant, Source, Survey } from '../../contracts.ts';
import { RecoveryPointUnreachableError } from '../errors.ts';
import type { Statement } from './server.ts';
import type { ModelState } from './world.ts';

const ms = (instant: Instant) => Date.parse(instant);

/** The window ends just before the last commit, as everywhere: nothing later is proved to be in a backup. */
export function surveyOf(state: ModelState, { name, retentionDays }: Source): Survey {
  const last = state.history.at(-1)?.at ?? state.backedUpAt;
  const earliest = Math.max(ms(state.backedUpAt), ms(state.clock.now()) - retentionDays * 86_400_000);
  const ends = [...state.gaps.map((gap) => gap.from), new Date(ms(last) - 1).toISOString()];
  const starts = [new Date(earliest).toISOString(), ...state.gaps.map((gap) => gap.to)];
  const windows = starts.map((from, index) => ({ from, to: ends[index] ?? from }));
  return {
    source: name,
    measuredAt: state.clock.now(),
    windows: windows.filter(({ from, to }) => ms(from) <= ms(to)),
    gaps: state.gaps,
    precisionMs: 1,
  };
}

/** @throws RecoveryPointUnreachableError */
export function reach(state: ModelState, source: Source, at: Instant): void {
  const { windows, gaps, measuredAt } = surveyOf(state, source);
  if (windows.some(({ from, to }) => ms(from) <= ms(at) && ms(at) <= ms(to))) return;
  const gap = gaps.find(({ from, to }) => ms(from) <= ms(at) && ms(at) <= ms(to));
  const before = windows.findLast(({ to }) => ms(to) < ms(at))?.to;
  const after = windows.find(({ from }) => ms(from) > ms(at))?.from;
  const why = ms(at) > ms(measuredAt) ? 'that moment lies in the future' : (gap?.reason ?? 'no log backup covers it');
  throw new RecoveryPointUnreachableError(
    source.name,
    at,
    why,
    [before, after].filter((one) => one !== undefined),
  );
}

/** Everything that one database of production has seen until then. */
export function historyOf({ history }: ModelState, role: DatabaseRole, until: Instant): readonly Statement[] {
  return history.filter((one) => one.role === role && ms(one.at) <= ms(until)).map(({ statement }) => statement);
}
