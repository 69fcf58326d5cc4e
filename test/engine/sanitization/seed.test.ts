import { expect, test } from 'vitest';
import { administratorTenant, sameTenant } from '../../../engine/prerequisites/versions.ts';
import { lcs2020 } from './packs.ts';

/**
 * "Data elements that aren't copied during restore copy" and "Environment administrator" of Microsoft's page of
 * 20 February 2020, sentence by sentence, each with the rules or the prerequisite that answer for it.
 */
const SENTENCES: readonly (readonly [sentence: string, answeredBy: readonly string[]])[] = [
  ['Email addresses in the LogisticsElectronicAddress table.', ['email-addresses']],
  [
    'Batch job history in the BatchJobHistory, BatchHistory, and BatchConstraintHistory tables.',
    ['batch-job-history', 'batch-task-history', 'batch-constraint-history'],
  ],
  ['SMTP Relay server in the SysEmailParameters table.', ['smtp-relay-server', 'mailer']],
  [
    'Print Management settings in the PrintMgmtSettings and PrintMgmtDocInstance tables.',
    ['print-management-settings', 'print-management-documents'],
  ],
  [
    'Environment-specific records in the SysServerConfig, SysServerSessions, SysCorpNetPrinters, SysClientSessions, BatchServerConfig, and BatchServerGroup tables.',
    [
      ...['server-sessions', 'client-sessions'],
      ...['server-configuration', 'network-printers', 'batch-servers', 'batch-server-groups'],
    ],
  ],
  [
    'Document attachments in the DocuValue table. These attachments include any Microsoft Office templates that were overwritten in the source environment.',
    ['document-attachments'],
  ],
  ['All users except the admin will be set to **Disabled** status.', ['users-disabled']],
  ['All batch jobs are set to **Withhold** status.', ['batch-jobs-withheld', 'batch-tasks-withheld']],
  ['All users will have their partition value reset to the "initial" partition record ID.', ['user-partition']],
  [
    'All Microsoft-encrypted fields will be cleared, as they cannot be decrypted on a different database server.  For example, the Password field in the SysEmailSMTPPassword table.',
    [
      ...['smtp-password', 'credit-card-setup', 'exchange-rate-providers', 'brazilian-fiscal-establishments'],
      ...['brazilian-fiscal-establishments-staging', 'person-identification-numbers'],
      ...['worker-hire-identification-numbers', 'oauth-user-tokens', 'commerce-hardware-profiles'],
      ...['commerce-payment-connectors', 'commerce-database-profiles', 'commerce-hardware-profiles-staging'],
      'personnel-integration',
    ],
  ],
  [
    "The System Administrator account in the target environment (UserId of 'Admin') is reset to the value found in the web.config file on the target.",
    ['administrator-reset', 'administrator-sid'],
  ],
  [
    'This also means that the tenant of the environment will be that of the Environment Administrator.',
    ['tenant-setting', 'power-bi-registration', 'provisioning-messages'],
  ],
];

/** The examples that the page gives for its reasons, and what answers for each. */
const EXAMPLES: readonly (readonly [example: string, answeredBy: readonly string[]])[] = [
  ['Examples include BatchServerConfig and SysCorpNetPrinters records.', ['batch-servers', 'network-printers']],
  [
    'duplicate emails might be sent because Simple Mail Transfer Protocol (SMTP) is still enabled in the UAT environment',
    ['smtp-relay-server', 'mailer'],
  ],
  [
    'invalid integration messages might be sent because batch jobs are still enabled',
    ['batch-jobs-withheld', 'batch-tasks-withheld'],
  ],
  ['users might be enabled before admins can perform post-refresh cleanup activities', ['users-disabled']],
  [
    "An environment can't be refreshed from one tenant to another. This restriction applies even to .onmicrosoft.com tenants.",
    [sameTenant.name],
  ],
  [
    'You should make sure that the admin accounts in the source and target environments are from the same tenant domain.',
    [administratorTenant.name],
  ],
];

const elements = lcs2020.flatMap((pack) => pack.elements);

test('the pack lcs-2020 › answers every sentence of the list with exactly these rules', () => {
  const answers = SENTENCES.map(([sentence]) => [
    sentence,
    elements.filter(({ source }) => source === sentence).flatMap(({ rules }) => rules.map(({ id }) => id)),
  ]);

  expect(answers).toEqual(SENTENCES);
});

test('the pack lcs-2020 › holds no rule that no sentence asks for', () => {
  const sentences = new Set(SENTENCES.map(([sentence]) => sentence));

  expect(elements.filter(({ source }) => !sentences.has(source))).toEqual([]);
});

test('the pack lcs-2020 › touches every table that the list names', () => {
  const named = SENTENCES.flatMap(([sentence]) => sentence.match(/\b[A-Z][a-z]+[A-Z]\w+\b/g) ?? [])
    .filter((word) => word !== 'UserId')
    .map((word) => (word === 'BatchConstraintHistory' ? 'BATCHCONSTRAINTSHISTORY' : word.toUpperCase()));
  const touched = new Set(elements.flatMap(({ rules }) => rules.map(({ table }) => table)));

  expect(named.length).toBeGreaterThanOrEqual(15);
  expect(named.filter((table) => !touched.has(table))).toEqual([]);
});

test('the pack lcs-2020 › answers the examples of the page too, or a prerequisite does', () => {
  const known = new Set([
    ...elements.flatMap(({ rules }) => rules.map(({ id }) => id)),
    ...[sameTenant.name, administratorTenant.name],
  ]);

  expect(EXAMPLES.filter(([, answeredBy]) => !answeredBy.every((id) => known.has(id)))).toEqual([]);
});

test('the pack lcs-2020 › keeps what the page calls environment-specific and clears what must not act', () => {
  const dispositionOf = (id: string) => elements.find(({ rules }) => rules.some((rule) => rule.id === id))?.disposition;

  expect(['batch-servers', 'network-printers', 'administrator-reset'].map(dispositionOf)).toEqual(
    Array.from({ length: 3 }, () => 'kept-from-target'),
  );
  expect(['smtp-relay-server', 'batch-jobs-withheld', 'users-disabled', 'email-addresses'].map(dispositionOf)).toEqual(
    Array.from({ length: 4 }, () => 'cleared'),
  );
});
