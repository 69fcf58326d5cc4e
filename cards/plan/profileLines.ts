import { PROFILE_PARTS, type Plan, type ProfileLine } from '../../engine/contracts.ts';
import type { Fact, Subject } from '../run/runContext.ts';
import { joinMd, rich, type Md } from '../text.ts';

/** How the sandbox comes up, one line per part; nothing for a plan without a profile. Who it is stands on no card. */
export function profileLines({ r }: Subject, { profile }: Plan): Md {
  if (profile === undefined) return rich``;
  const words = r.words.profile;
  const lines = known(profile).map(({ part, done, left }) => words.plan[part](done, left));
  // One text: what frames each line of its own would cost the card more than the lines.
  return joinMd([words.title, ...[...lines, words.sequences].map((line) => rich`• ${line}`)], '\n\n');
}

/** A newer version of Rewind may know more parts. */
const known = (profile: readonly ProfileLine[]): readonly ProfileLine[] =>
  profile.filter(({ part }) => PROFILE_PARTS.includes(part));

/** What of it was done; nothing for a run without a profile. */
export function profileFact({ r, run }: Subject): readonly Fact[] {
  const { profile = [] } = run;
  if (profile.length === 0) return [];
  const words = r.words.profile;
  const done = known(profile).map(({ part, done: count, left }) => words.done[part](count, left));
  return [{ title: words.outcomeTitle, value: joinMd(done, ' · ') }];
}
