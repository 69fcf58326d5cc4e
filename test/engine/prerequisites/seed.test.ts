import { expect, test } from 'vitest';
import { checklistFor } from '../../../engine/runs/checklist.ts';
import { STEP_NAMES, type Plan } from '../../../engine/contracts.ts';
import { judgeAll } from '../../../engine/prerequisites/conditions.ts';
import { aRun, aSandbox, aSource } from '../../builders.ts';

/** How the product answers a sentence: a condition, a step, an item of the checklist, a line of the plan, or why none is needed. */
type Answer =
  | { readonly condition: string }
  | { readonly step: string }
  | { readonly checklist: string }
  | { readonly plan: string }
  | { readonly notOurs: string };

/** Microsoft's page, "Conditions of a PITR copy of Production to Sandbox" and "Known issues", sentence by sentence. */
const SENTENCES: readonly (readonly [sentence: string, ...answers: readonly Answer[]])[] = [
  ['A refresh performs a delete on the original target database.', { plan: 'replaced' }, { plan: 'keepPreviousMs' }],
  [
    'The target environment will be available until the database copy has reached the target server.',
    { step: 'restore-beside' },
  ],
  [
    'After that point, the environment will be offline until the refresh process is completed.',
    { step: 'await-cutover' },
    { step: 'bring-online' },
  ],
  ['The refresh will affect only the application and Financial Reporting databases.', { plan: 'binding' }],
  ['Documents in Azure blob storage are not copied from one environment to another.', { condition: 'documents-stay' }],
  [
    'This means that attached document handling documents and templates won’t be changed and will remain in their current state.',
    { condition: 'documents-stay' },
  ],
  [
    'All users except the Admin user and other internal service user accounts will be unavailable.',
    { step: 'sanitize' },
    { checklist: 'Enable the users who may work here' },
  ],
  [
    'This process allows the Admin user to delete or obfuscate data before allowing other users back into the system.',
    { checklist: 'Delete or obfuscate sensitive data' },
  ],
  [
    'The Admin user must make required configuration changes, such as reconnecting integration endpoints to specific services or URLs.',
    { checklist: 'Reconnect integration endpoints' },
  ],
  [
    'All data management framework with recurring import and export jobs must be fully processed and stopped in the target system prior to initiating the restore.',
    { condition: 'recurring-jobs-target' },
  ],
  [
    'In addition, we recommend that you select the database from the source after all recurring import and export jobs have been fully processed.',
    { condition: 'recurring-jobs-source' },
  ],
  [
    'This will ensure there are no orphaned files in Azure storage from either system.',
    { condition: 'recurring-jobs-source' },
  ],
  [
    'This is important because orphaned files cannot be processed after the database is restored in the target environment.',
    { condition: 'recurring-jobs-target' },
  ],
  ['After the restore, the integration jobs can be resumed.', { checklist: 'Resume recurring import and export jobs' }],
  [
    'Any user with a role of Project owner or Environment manager in LCS will have access to the SQL and machine credentials for all non-production environments.',
    { notOurs: 'roles of Lifecycle Services; Rewind’s own are requesters and approvers per sandbox' },
  ],
  ['The databases must be hosted in the same Azure geographic region.', { condition: 'same-region' }],
  [
    'The source environment’s allocated database capacity must be smaller than the target environment’s maximum database capacity.',
    { condition: 'capacity' },
  ],
  [
    'Steps to complete after a restore for environments that use Commerce functionality.',
    { checklist: 'Reprovision Commerce, where it is used' },
  ],
  [
    'The database refresh process can’t currently be completed if the environment is running Platform update 20 or earlier.',
    { condition: 'platform-update' },
  ],
  [
    '… if the version of Financial Reporting in the target environment is earlier than the version in the source environment.',
    { condition: 'financial-reporting-version' },
  ],
  [
    '… if the application release of your source and target environment are not the same.',
    { condition: 'application-release' },
  ],
  [
    'After your sandbox is upgraded to the newer version, you cannot restore an older production environment database in to the sandbox UAT environment.',
    { condition: 'application-release' },
  ],
  ['An environment can’t be refreshed from one tenant to another.', { condition: 'same-tenant' }],
  [
    'You should make sure that the admin accounts in the source and target environments are from the same tenant domain.',
    { condition: 'administrator-tenant' },
  ],
  [
    'Copying production data to your sandbox environment for the purpose of production reporting is not supported.',
    { condition: 'not-for-reporting' },
  ],
  ['… automated backups … up to a maximum of 30 days.', { condition: 'recovery-point' }],
];

const CONDITIONS = judgeAll({
  source: aSource(),
  target: aSandbox(),
  sourceFacts: {},
  targetFacts: {},
  sourceMeasures: {},
  targetMeasures: {},
  at: '2026-11-20T17:00:00.000Z',
  chain: [],
  heldBy: undefined,
  restoreBytes: undefined,
  productionIdentities: [],
}).map(({ name }) => name);
const CHECKLIST = checklistFor(aRun()).map(({ title }) => title);
const PLAN = ['replaced', 'keepPreviousMs', 'binding'] satisfies readonly (keyof Plan)[];

/** Everything the product has to answer with. */
const KNOWN = [
  ...CONDITIONS.map((condition) => ({ condition })),
  ...STEP_NAMES.map((step) => ({ step })),
  ...CHECKLIST.map((checklist) => ({ checklist })),
  ...PLAN.map((plan) => ({ plan })),
];

test.for(SENTENCES)('the seed › “%s”', ([, ...answers]) => {
  const [first] = answers;
  const ours = answers.filter((answer) => !('notOurs' in answer));
  expect(first).toBeDefined();
  expect(KNOWN).toEqual(expect.arrayContaining(ours));
});

test('the seed › every condition that is checked has its sentence, but for what restoring beside the target adds', () => {
  const named = new Set(
    SENTENCES.flatMap(([, ...answers]) => answers.flatMap((one) => ('condition' in one ? [one.condition] : []))),
  );
  expect(CONDITIONS.filter((name) => !named.has(name))).toEqual(['target-free', 'target-is-sandbox', 'space']);
});
