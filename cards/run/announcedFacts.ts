import { joinMd } from '../text.ts';
import type { Fact, Subject } from './runContext.ts';

/** More would be a wall: the log of the run has them all. */
const SHOWN = 4;

/** What was to be told to those who work in the sandbox and was not; nothing where all of it was. */
export function announcedFacts({ r, run }: Pick<Subject, 'r' | 'run'>): readonly Fact[] {
  const words = r.words.announced;
  const lines = (run.announced ?? []).flatMap(({ what, by, why, status }) => {
    if (why === undefined) return [];
    const reason = status === undefined ? words.why[why] : words.status(words.why[why], r.id(String(status)));
    return [words.line(words.what[what], by === 'command' ? words.command : r.plain(by, 40), reason)];
  });
  return lines.length === 0 ? [] : [{ title: words.title, value: joinMd(lines.slice(-SHOWN), '\n\n') }];
}
