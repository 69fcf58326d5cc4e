import type { Clock } from '../../../engine/clock.ts';
import type { Installation, Sandbox } from '../../../engine/contracts.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { bad, doubtful, good, type Finding } from '../finding.ts';

/** What only the journal knows: that Teams has reached the bot, that a worker serves each sandbox, and who can be asked. */
export async function examineReach(url: string, installation: Installation, clock: Clock): Promise<readonly Finding[]> {
  await using journal = openJournal({ url });
  const heard = await journal.newestAddress();
  const perSandbox = await Promise.all(
    installation.sandboxes.map(async (sandbox) => [
      await examineWorker(journal, sandbox, clock),
      await examineApprovers(journal, sandbox, installation),
    ]),
  );
  return [
    heard === undefined
      ? doubtful(
          'heard from Teams',
          'nobody has written to the bot yet',
          'Say `@Rewind status` in the channel. Without an answer: the messaging endpoint in the Azure Bot, its channel Microsoft Teams, and the bot’s log.',
        )
      : good('heard from Teams', 'the bot has been written to, and has answered'),
    ...perSandbox.flat(),
  ];
}

/** Sources are surveyed every REWIND_SURVEY_SECONDS, so a survey of an hour ago is of a worker that is gone. */
const OLDEST_SURVEY_MS = 3_600_000;

async function examineWorker(journal: Journal, { name }: Sandbox, clock: Clock): Promise<Finding> {
  const subject = `worker for ${name}`;
  const survey = await journal.survey(name);
  const remedy = `Start one that serves ${name}, and run \`rewind doctor\` where it is.`;
  if (!survey) return bad(subject, 'none has looked at it yet', remedy);
  const isOld = Date.parse(clock.now()) - Date.parse(survey.measuredAt) > OLDEST_SURVEY_MS;
  const detail = `its source was looked at ${survey.measuredAt}`;
  return isOld ? bad(subject, detail, remedy) : good(subject, detail);
}

async function examineApprovers(journal: Journal, sandbox: Sandbox, { people }: Installation): Promise<Finding> {
  const subject = `approvers of ${sandbox.name}`;
  if (sandbox.approvals?.channel !== undefined) return good(subject, 'are asked in the home that the file names');
  if (await journal.home(sandbox.name)) return good(subject, 'are asked in the home that was chosen');
  const unmet = await Promise.all(
    sandbox.approvers.map(async (id) => {
      const person = people.find((one) => one.id === id || one.ids?.includes(id));
      const known = await journal.personalChat([id, ...(person ? [person.id, ...(person.ids ?? [])] : [])]);
      return known ? [] : [person?.name ?? id];
    }),
  );
  const names = unmet.flat();
  return names.length === 0
    ? good(subject, 'can be asked in their personal chats')
    : doubtful(
        subject,
        `there is no home, and Rewind has not met ${names.join(', ')}`,
        `Type \`@Rewind home ${sandbox.name}\` in a channel, or install the app for them.`,
      );
}
