import { bounded } from '../../engine/bounded.ts';
import type { Clock } from '../../engine/clock.ts';
import { shownText } from '../../engine/shownText.ts';
import { explain } from '../explain.ts';

/** One line of `rewind doctor`. */
export interface Finding {
  /** `doubtful`: it works, or cannot be told from here, and somebody should know. */
  readonly outcome: 'good' | 'bad' | 'doubtful';
  /** What was looked at: `journal`, `sandbox uat`. */
  readonly subject: string;
  readonly detail: string;
  /** What to do; empty when there is nothing. */
  readonly remedy: string;
  /** In place of everything that was asked: a server that cannot be reached, say. */
  readonly isInstead?: true;
}

export const good = (subject: string, detail: string): Finding => ({ outcome: 'good', subject, detail, remedy: '' });

export const bad = (subject: string, detail: string, remedy: string): Finding => ({
  outcome: 'bad',
  subject,
  detail,
  remedy,
});

export const doubtful = (subject: string, detail: string, remedy = ''): Finding => ({
  outcome: 'doubtful',
  subject,
  detail,
  remedy,
});

const GLYPHS = { good: '✓', bad: '✗', doubtful: '?' } as const;

export function describeFinding({ outcome, subject, detail, remedy }: Finding): string {
  const line = `${GLYPHS[outcome]} ${shownText(subject)}: ${shownText(detail)}`;
  return remedy === '' ? line : `${line}\n    → ${shownText(remedy)}`;
}

/** What went wrong, as a terminal shows it: our own errors bring their remedy. */
export function badBecause(subject: string, error: unknown): Finding {
  const [detail = '', remedy = 'Mend the cause, then run `rewind doctor` again.'] = explain(error).split('\n→ ');
  return bad(subject, detail, remedy);
}

const ANSWER_WITHIN_MS = 30_000;

/** One check; whatever it throws is a finding, and so is silence. */
export async function examined(
  subject: string,
  clock: Clock,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const looked = async (): Promise<readonly Finding[]> => {
    try {
      return await look();
    } catch (error) {
      return [{ ...badBecause(subject, error), isInstead: true }];
    }
  };
  const detail = `no answer within ${String(ANSWER_WITHIN_MS / 1000)} s`;
  const silence: Finding = {
    ...bad(subject, detail, 'Look at the network between here and there.'),
    isInstead: true,
  };
  return bounded(looked, { whom: subject, withinMs: ANSWER_WITHIN_MS, clock }).catch(() => [silence]);
}
