import type { ChecklistItem, ProfilePart, Run } from '../contracts.ts';

type Item = readonly [title: string, detail: string];

/** What Microsoft's page leaves to the Admin user after a refresh, less what the sandbox's profile has done. */
const itemsOf = (run: Run): readonly Item[] => [
  [
    'Reconnect integration endpoints',
    'Business events, SharePoint, dual-write, Power BI, web services: cleared URLs lead nowhere, the others still to production',
  ],
  ...sensitiveData(run),
  ...rest(run, 'users', [
    'Enable the users who may work here',
    'All users except Admin and service accounts are disabled',
    (left) => `${left === 1 ? '1 user stays' : `${String(left)} users stay`} disabled`,
  ]),
  ...rest(run, 'jobs', [
    'Release the batch jobs you need',
    'All batch jobs are set to Withhold',
    (left) => `${left === 1 ? '1 job' : `${String(left)} jobs`} of the profile and all others stay withheld`,
  ]),
  ['Set up the SMTP server if mail is wanted', 'It was cleared, so that nothing is sent by mistake'],
  ['Resume recurring import and export jobs', 'They stay stopped until you start them'],
  ['Reprovision Commerce, where it is used', 'Channel databases and units have to be initialized again'],
];

export function checklistFor(run: Run): readonly ChecklistItem[] {
  const done = new Map(run.checklist.map((item) => [item.n, item.doneBy]));
  return [...itemsOf(run), erasures(run), ...ofDatabases(run)].map(([title, detail], index) => {
    const doneBy = done.get(index + 1);
    return { n: index + 1, title, detail, ...(doneBy === undefined ? {} : { doneBy }) };
  });
}

/** The backups are as old as the recovery point: whoever was erased in production since is there again. */
const erasures = ({ at }: Run): Item => [
  'Erase again who has asked to be erased',
  `Requests carried out after ${at ?? 'the recovery point'} are undone by it; a rule pack of their numbers does them again`,
];

/** Nobody is enabled again unless the proof has found nothing of people. */
function sensitiveData({ profile = [] }: Run): readonly Item[] {
  const isClean = profile.some(({ part, done }) => part === 'users' && done > 0);
  return isClean ? [] : [['Delete or obfuscate sensitive data', 'Before other users are let in']];
}

/** Nothing of a part that is done as a whole; of one that is not, how much is left and where it is listed. */
function rest(
  { profile = [], runId }: Run,
  part: ProfilePart,
  [title, untouched, left]: readonly [title: string, untouched: string, left: (count: number) => string],
): readonly Item[] {
  const line = profile.find((each) => each.part === part);
  if (line === undefined || line.done === 0) return [[title, untouched]];
  return line.left === 0 ? [] : [[title, `${left(line.left)}: rewind profile ${runId} lists them with the reasons`]];
}

/** What only the databases themselves can tell, by the beginning of what the provider remembers it under. */
const FOUND: readonly (readonly [prefix: string, title: string])[] = [
  ['leads-outside-', 'Repoint what the databases themselves lead to'],
  ['not-kept-', 'Switch on again what is needed and never switched on by itself'],
];

function ofDatabases({ remembered }: Run): readonly (readonly [title: string, detail: string])[] {
  return FOUND.flatMap(([prefix, title]) => {
    const found = Object.entries(remembered).filter(([key, value]) => key.startsWith(prefix) && value !== '');
    return found.length === 0 ? [] : [[title, found.map(([, value]) => value).join('; ')] as const];
  });
}
