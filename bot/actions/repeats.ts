import { createHash } from 'node:crypto';
import type { Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { ChatAction } from '../chat/port.ts';

/** What became of the clicks of late: a click comes again where the chat got no answer in time, and where people press twice. */
export interface Repeats {
  /**
   * Carries a click out, unless this very activity has been carried out already: then `again` answers, by the run that `done`
   * has named. One that came to nothing is carried out when it comes again.
   */
  once<Answer>(
    action: Pick<ChatAction, 'activityId' | 'person' | 'place'>,
    again: (runId: string) => Promise<Answer>,
    carryOut: (done: (runId: string) => void) => Promise<Answer>,
  ): Promise<Answer>;
  /**
   * Begins a run, unless the same button has begun one for the same person that is still a draft: then that one. Where another
   * process has begun it, the journal knows it by `pressed`.
   */
  begin(
    press: Pick<ChatAction, 'person' | 'place' | 'message'> & { readonly button: string },
    draft: (pressed: string) => Promise<Run>,
  ): Promise<Begun>;
}

interface Begun {
  readonly run: Run;
  readonly isNew: boolean;
}

export function createRepeats({ journal }: { readonly journal: Pick<Journal, 'run' | 'runs'> }): Repeats {
  const carriedOut: Memory = new Map();
  const begun: Memory = new Map();
  return {
    once({ activityId, person, place: { conversation } }, again, carryOut) {
      if (activityId === '') return carryOut(() => {});
      // The answer is what that person may read.
      return unlessKnown(carriedOut, JSON.stringify([person.id, conversation, activityId]), again, carryOut);
    },
    begin({ person, place: { conversation }, message, button }, draft) {
      const key = JSON.stringify([person.id, conversation, message?.['messageId'], button]);
      const present = async (runId: string): Promise<Begun | undefined> => {
        const run = await journal.run(runId);
        return run?.state === 'draft' ? { run, isNew: false } : undefined;
      };
      return unlessKnown(begun, key, present, async (done) => {
        const pressed = pressOf(key);
        const drafts = await journal.runs({ states: ['draft'], limit: LOOKED_AT });
        // One that nothing was done with yet may have got no further: it is gone on with.
        const found = drafts.find((one) => one.pressed === pressed && one.version > 1);
        const run = found ?? (await draft(pressed));
        done(run.runId);
        return { run, isNew: found === undefined };
      });
    },
  };
}

/** As the journal keeps it, which is to know nothing more of whoever pressed. */
export const pressOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);

/** Of each key the number of a run, some of them still to come; none where it came to nothing. */
type Memory = Map<string, Promise<string | undefined>>;

const REMEMBERED = 1_000;
const LOOKED_AT = 200;

async function unlessKnown<Answer>(
  known: Memory,
  key: string,
  again: (runId: string) => Promise<Answer | undefined>,
  carryOut: (done: (runId: string) => void) => Promise<Answer>,
): Promise<Answer> {
  for (let earlier = known.get(key); earlier; earlier = known.get(key)) {
    const runId = await earlier;
    const answer = runId === undefined ? undefined : await again(runId);
    if (answer !== undefined) return answer;
    if (known.get(key) === earlier) known.delete(key);
  }
  // Nothing is waited for between the look and this: of two at once, the other finds it.
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  known.set(key, promise);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  try {
    return await carryOut(resolve);
  } finally {
    // Says nothing any more where `done` has.
    resolve(undefined);
  }
}
