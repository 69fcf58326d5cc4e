import { systemClock } from '../../engine/clock.ts';
import type { Profile } from '../../engine/contracts.ts';
import { authorise } from '../../engine/journal/authority.ts';
import type { WhyWithheldJob } from '../../engine/sanitization/profile/decideJobs.ts';
import type { WhyLeft, WhyWithheld } from '../../engine/sanitization/profile/decideUsers.ts';
import { operatorsList, type OperatorsList } from '../../engine/sanitization/profile/operatorsList.ts';
import { shownText } from '../../engine/shownText.ts';
import type { CommandIo } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { NoProfileListError } from '../errors.ts';
import { findRun } from '../runCommand.ts';

/** Ids, for whoever operates the sandbox: it goes to the terminal and nowhere else. */
export async function answerProfile(typed: string, as: string | undefined, io: CommandIo): Promise<number> {
  await using context = await openCommandContext();
  const run = await findRun(context, typed);
  const { sandbox } = context.desk.house(run.target);
  authorise(sandbox, context.person(sandbox, as), 'profile');
  const text = await context.journal.profileList(run.runId, 'operators', systemClock.now());
  if (text === undefined) throw new NoProfileListError(run);
  const list = operatorsList.parse(JSON.parse(text));
  for (const line of linesOf(list, sandbox.profile?.jobs ?? [])) io.out(shownText(line));
  return 0;
}

function linesOf(list: OperatorsList, jobs: NonNullable<Profile['jobs']>): readonly string[] {
  const captionOf = (n: number) => jobs[n - 1]?.caption ?? `job ${String(n)} of the profile`;
  return [
    `Enabled in the sandbox before: ${some(list.enabledBefore)}`,
    `Enabled by the profile: ${some(list.enabled)}`,
    ...list.left.map(({ id, why }) => `  ${id} stays disabled: ${wordsFor(why)}`),
    ...list.withheld.map(({ id, role, why }) => `  ${id} without the role ${role}: ${wordsFor(why)}`),
    `Batch jobs at work in the sandbox before (record numbers): ${some(list.jobsBefore)}`,
    ...list.released.map(({ n, recId }) => `  “${captionOf(n)}” released (${recId})`),
    ...list.jobsLeft.map(({ n, why }) => `  “${captionOf(n)}” stays withheld: ${wordsFor(why)}`),
  ];
}

const some = (ids: readonly string[]): string => (ids.length === 0 ? 'none' : ids.join(', '));

/** Every reason that a decision knows, in words. */
const WHY = {
  reserved: 'Admin, Guest and the accounts of the servers are not for a profile',
  'not-in-the-sandbox': 'the sandbox had no such user',
  'not-enabled-in-the-sandbox': 'the sandbox itself had the user disabled',
  'twice-in-the-sandbox': 'the sandbox had several users of that id, or for that person',
  'no-object-id': 'the sandbox’s user has no object id of Entra',
  'a-group': 'the user stands for a group of Entra and would let in all its members',
  'another-since-the-plan': 'the sandbox’s user is not as it was when the plan was made',
  'not-in-production': 'production had no user of that id',
  'twice-in-production': 'production had several users of that id, or for that person',
  'another-in-production': 'production’s user of that id has another object id or identity provider',
  'disabled-in-production': 'production had the user disabled',
  'not-proved': 'it is not proved that nothing of people is left in the copy',
  'not-known': 'nothing was noted of production before the rules ran',
  'only-by-name': 'roles that administer go to those alone whom the profile names as administrators',
  'not-in-the-copy': 'the copy has no role of that name, or several',
  'not-any-more': 'it was not assigned like that any more at the switch',
  'no-such-job': 'the copy has no job of that caption, company and class',
  'several-such-jobs': 'the copy has several jobs of that caption and company',
  'not-running-in-production': 'production had it withheld, or it had ended',
  sends: 'its class or caption says that it sends, prints or gives rights',
  'class-not-known': 'the class of one of its tasks has no name in the copy',
  'nobody-executes-it': 'the user who executes it is disabled',
} satisfies Record<WhyLeft | WhyWithheld | WhyWithheldJob, string>;

const wordsFor = (why: string): string => Object.entries(WHY).find(([name]) => name === why)?.[1] ?? why;
