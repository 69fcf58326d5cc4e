/** What a key of environments.yaml could look like, by the end of its path. */
const EXAMPLES: Readonly<Record<string, string>> = {
  timeZone: 'Europe/Berlin',
  provider: 'sqlServer',
  databases: '{ application: AxDB, financialReporting: ManagementReporter }',
  application: 'AxDB',
  financialReporting: 'ManagementReporter',
  capacity: '250 GB',
  retentionDays: '30',
  sources: '[prod]',
  requesters: '[1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01]',
  approvers: '[2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02]',
  channel: '"19:0f3a6d2c1b7e4c59@thread.tacv2"',
  objectId: '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01',
  tenantId: '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03',
  signIn: 'admin@contoso.example',
  cutover: 'when-ready, on-click or { at: "22:00" }',
  at: '"22:00"',
  cutoverWarning: '10m',
  synchronize: 'after-switch',
  rollbackOnFailure: 'offered',
  integrityCheck: 'physical',
  keepPrevious: '3d',
  earlierWayBack: 'keep',
  keepFailedCopy: '8h',
  draftExpires: '1h',
  approvalExpires: '1d',
  command: 'powershell.exe',
  timeout: '1h',
  packs: '[lcs-2026, quiet, personal-data]',
  withoutPacks: '[{ pack: personal-data, reason: a load test, owner: Mira Okafor, until: 2026-12-31 }]',
  until: '2026-12-31',
  url: 'https://contoso-uat.example/',
};

export function exampleOf(path: string): string {
  return EXAMPLES[path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''] ?? '';
}
