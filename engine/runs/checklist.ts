import type { ChecklistItem, Run } from '../contracts.ts';

/** What Microsoft's page leaves to the Admin user after a refresh. */
const ITEMS: readonly (readonly [title: string, detail: string])[] = [
  [
    'Reconnect integration endpoints',
    'Business events, SharePoint, dual-write, Power BI, web services: cleared URLs lead nowhere, the others still to production',
  ],
  ['Delete or obfuscate sensitive data', 'Before other users are let in'],
  ['Enable the users who may work here', 'All users except Admin and service accounts are disabled'],
  ['Release the batch jobs you need', 'All batch jobs are set to Withhold'],
  ['Set up the SMTP server if mail is wanted', 'It was cleared, so that nothing is sent by mistake'],
  ['Resume recurring import and export jobs', 'They stay stopped until you start them'],
  ['Reprovision Commerce, where it is used', 'Channel databases and units have to be initialized again'],
];

export function checklistFor(run: Run): readonly ChecklistItem[] {
  const done = new Map(run.checklist.map((item) => [item.n, item.doneBy]));
  return [...ITEMS, erasures(run), ...ofDatabases(run)].map(([title, detail], index) => {
    const doneBy = done.get(index + 1);
    return { n: index + 1, title, detail, ...(doneBy === undefined ? {} : { doneBy }) };
  });
}

/** The backups are as old as the recovery point: whoever was erased in production since is there again. */
const erasures = ({ at }: Run): readonly [title: string, detail: string] => [
  'Erase again who has asked to be erased',
  `Requests carried out after ${at ?? 'the recovery point'} are undone by it; a rule pack of their numbers does them again`,
];

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
