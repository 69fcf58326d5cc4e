import type { Freeze, Instant, Occurrence, Run } from '../../engine/contracts.ts';
import { isInForce } from '../../engine/contracts/mayBeDone/index.ts';
import { execute } from '../actions.ts';
import type { Reader } from '../reader.ts';
import { stateWord } from '../run/targetWords.ts';
import { joinMd, type Md } from '../text.ts';

/** A coming occurrence; with its run where it has one already. */
export interface ComingOccurrence extends Occurrence {
  readonly run?: Run;
  readonly askAt: Instant;
  readonly moment: Instant;
}

/** When it starts, production as of when, and what happens before. */
export function occurrenceRow(
  r: Reader,
  { at, note, run, askAt, moment }: ComingOccurrence,
  freeze: Freeze | undefined,
) {
  const words = r.words.schedule;
  const frozen: readonly Md[] = isInForce(freeze, at) ? [words.frozen(r.moment(freeze.until))] : [];
  const planned = askAt > r.now ? words.planned(r.moment(askAt)) : words.plannedNow;
  const state = run ? words.run(r.id(run.runId), stateWord(r, run)) : planned;
  return {
    title: words.occurrence(r.moment(at)),
    line: joinMd([words.moment(r.moment(moment)), state, ...(note ? [words.notes[note]] : []), ...frozen], ' · '),
    links: run ? [execute('view-run', words.open(r.id(run.runId)), { runId: run.runId })] : [],
  };
}
