import { expect, test } from 'vitest';
import { shippedPack } from './packs.ts';

/**
 * "Data elements that aren't copied during refresh" and "Environment administrator" of Microsoft's article "Refresh database",
 * edition of 3 April 2026, sentence by sentence, each with the rules that answer for it.
 */
const SENTENCES: readonly (readonly [sentence: string, rules: readonly string[]])[] = [
  ['Email addresses in the LogisticsElectronicAddress table.', ['email-addresses']],
  ['SMTP Relay server in the SysEmailParameters table.', ['smtp-relay-server', 'mailer']],
  [
    'Print Management settings in the PrintMgmtSettings and PrintMgmtDocInstance tables.',
    ['print-management-settings', 'print-management-documents'],
  ],
  ['All users except the admin are set to **Disabled** status.', ['users-disabled']],
  [
    'Dimension log and cache status tables including DIMENSIONHASHMESSAGELOG, DIMENSIONDATAINTEGRITYLOG, DIMENSIONVALUERENAMEAUDIT, DIMENSIONVALUEDELETEAUDIT, DIMENSIONATTRIBUTEVALUECOMBINATIONSTATUS, DIMENSIONATTRIBUTEVALUEGROUPSTATUS, DIMENSIONDATAENTITYSFKCACHE, DIMENSIONREFERENCES.',
    [
      ...['dimension-hash-messages', 'dimension-integrity-log', 'dimension-rename-audit', 'dimension-delete-audit'],
      ...['dimension-combination-status', 'dimension-group-status', 'dimension-entity-cache', 'dimension-references'],
    ],
  ],
  [
    'Environment-specific records in the SysServerConfig, SysServerSessions, SysCorpNetPrinters, SysClientSessions, BatchServerConfig, and BatchServerGroup tables.',
    [
      ...['server-sessions', 'client-sessions'],
      ...['server-configuration', 'network-printers', 'batch-servers', 'batch-server-groups'],
    ],
  ],
  [
    'All files stored in Azure blob storage. This removal includes document attachments (from the DocuValue and DocuDeletedValue tables) and custom Microsoft Office templates (from the DocuTemplate table).',
    ['document-attachments', 'deleted-attachments', 'document-templates'],
  ],
  [
    'All batch jobs are set to **Withhold** status.',
    ['batch-jobs-withheld', 'batch-tasks-ended', 'batch-tasks-withheld'],
  ],
  ['All users have their partition value reset to the "initial" partition record ID.', ['user-partition']],
  [
    "All Microsoft-encrypted fields are cleared, because they can't be decrypted on a different database server. An example is the **Password** field in the SysEmailSMTPPassword table.",
    [
      ...['smtp-password', 'credit-card-setup', 'exchange-rate-providers', 'brazilian-fiscal-establishments'],
      ...['brazilian-fiscal-establishments-staging', 'person-identification-numbers'],
      ...['worker-hire-identification-numbers', 'oauth-user-tokens', 'commerce-hardware-profiles'],
      ...['commerce-payment-connectors', 'commerce-database-profiles', 'commerce-hardware-profiles-staging'],
      ...['personnel-integration', 'encrypted-analytics', 'encrypted-italian-invoices', 'encrypted-hungarian-invoices'],
      ...['encrypted-key-vault', 'encrypted-oauth-registrations', 'encrypted-upsell-conditions', 'encrypted-history'],
      ...['signature-history', 'table-signature-history'],
    ],
  ],
  [
    '[Maintenance mode](../sysadmin/maintenance-mode.md) settings are disabled even if the source enabled them.',
    ['maintenance-mode'],
  ],
  [
    'Dual-write configuration.  To set up a new link on the target environment after this operation is successful, see [Enable Power Platform Integration](../../dev-itpro/power-platform/enable-power-platform-integration.md).',
    ['dual-write-projects', 'dual-write-fields'],
  ],
  [
    'Any [change-tracking on entities](../data-entities/entity-change-track.md) are disabled.',
    ['change-tracked-tables', 'change-captured-tables'],
  ],
  [
    '[Service endpoints](../business-events/managing-business-event-endpoints.md) for business events and data events are removed.',
    [
      ...['event-endpoints', 'event-endpoints-azure', 'event-endpoints-blob-storage', 'event-endpoints-event-grid'],
      ...['event-endpoints-event-hub', 'event-endpoints-flow', 'event-endpoints-queue', 'event-endpoints-topic'],
    ],
  ],
  [
    "The System Administrator account in the target environment (UserId of 'Admin') is reset to the value found in the web.config file on the target.",
    ['administrator-reset', 'administrator-sid'],
  ],
  [
    'This change also means that the tenant of the environment is that of the Environment Administrator.',
    ['tenant-setting', 'power-bi-registration', 'provisioning-messages'],
  ],
];

/** Stands in the article under what is not copied to production; on the way to a sandbox batch history is copied. */
const NOT_ON_THIS_WAY = new Set(['BATCHJOBHISTORY', 'BATCHHISTORY', 'BATCHCONSTRAINTSHISTORY']);

const { elements } = shippedPack('lcs-2026');

test.each(SENTENCES)('the article of 2026 › “%s” is answered for by its rules', (sentence, rules) => {
  const answering = elements.filter(({ source }) => source === sentence);

  expect(answering.flatMap((element) => element.rules.map(({ id }) => id))).toEqual(rules);
});

test('the pack of 2026 › has no rule that quotes no sentence of the article', () => {
  const sentences = new Set(SENTENCES.map(([sentence]) => sentence));

  expect(elements.filter(({ source }) => !sentences.has(source)).map(({ id }) => id)).toEqual([]);
});

test('the pack of 2026 › leaves batch history as it is', () => {
  const tables = elements.flatMap(({ rules }) => rules.map(({ table }) => table));

  expect(tables.filter((table) => NOT_ON_THIS_WAY.has(table))).toEqual([]);
});

test('the pack of 2026 › ends a task that was being executed, and withholds only those that had not begun', () => {
  const tasks = elements.flatMap(({ rules }) => rules.filter(({ table }) => table === 'BATCH'));

  expect(tasks.map((rule) => [rule.where, 'values' in rule ? rule.values : undefined])).toEqual([
    [[{ column: 'STATUS', in: [2, 7] }], { STATUS: 3 }],
    [[{ column: 'STATUS', in: [1, 5] }], { STATUS: 0 }],
  ]);
});

test('the pack of 2026 › keeps files that lie in the database, and templates of the application', () => {
  const rules = elements.find(({ id }) => id === 'document-attachments')?.rules ?? [];

  expect(rules.map(({ table, where }) => [table, where])).toEqual([
    ['DOCUVALUE', [{ column: 'STORAGEPROVIDERID', equals: 1 }]],
    ['DOCUDELETEDVALUE', [{ column: 'STORAGEPROVIDERID', equals: 1 }]],
    ['DOCUTEMPLATE', [{ column: 'AOTRESOURCENAME', equals: '' }]],
  ]);
});

test('the pack of 2026 › leaves DBMovementAPI disabled', () => {
  const rule = elements.flatMap(({ rules }) => rules).find(({ id }) => id === 'users-disabled');

  expect(JSON.stringify(rule?.where)).not.toContain('DBMovementAPI');
});
