import { generateKeyPairSync } from 'node:crypto';
import { REPORT_FORMAT, type Report } from '../../../engine/reports/report.ts';
import { limitsOf } from '../../../engine/reports/limits.ts';
import { NOW } from '../journal/builders.ts';

const pairOfKeys = (id: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { own: { id, key: privateKey }, open: { id, key: publicKey } };
};
export const OWN = pairOfKeys('reports-2026');
export const FORMER = pairOfKeys('reports-2025');

const proof: Report['proofs'][number] = {
  step: 'verify-sanitization',
  at: NOW,
  name: 'search',
  searched: { tables: 214, columns: 1893, bytes: 412_000_000, values: 5210 },
  notSearched: [{ what: 'columns of type geography', why: 'they hold no text' }],
  findings: [],
  sampled: false,
  seconds: 4.2,
};

/** A report of a fictitious company, as long as a real one in all that matters. */
export function aReport(change: Partial<Report> = {}): Report {
  const withoutPacks = [
    { pack: 'personal-data', reason: 'Load test with real names', owner: 'Team Finance', until: '2026-12-31' },
  ];
  return {
    format: REPORT_FORMAT,
    run: 'R-1042',
    madeAt: NOW,
    key: OWN.own.id,
    source: { name: 'prod', identity: 'sql-prod-01/4f1c' },
    target: { name: 'uat', identity: 'sql-uat-01/9a2e' },
    recoveryPoint: { application: NOW, financialReporting: NOW },
    plan: { digest: '5f0c8d3b9e7a6142'.repeat(4), packsHash: 'a1b2c3d4e5f60718'.repeat(4) },
    chain: { records: 42, head: '0f1e2d3c4b5a6978'.repeat(4) },
    decisions: [
      { decision: 'confirm', role: 'requester', way: 'teams', at: NOW, record: 5, signedBy: '2026a' },
      { decision: 'approve', role: 'approver', way: 'terminal', at: NOW, record: 6 },
    ],
    packs: [
      { name: 'lcs-2026', hash: 'c0ffee1234567890'.repeat(4), rules: 31 },
      { name: 'quiet', hash: 'badcafe123456789'.repeat(4), rules: 24 },
    ],
    withoutPacks,
    rules: [
      {
        rule: 'email-addresses',
        pack: 'lcs-2026',
        database: 'application',
        table: 'LOGISTICSELECTRONICADDRESS',
        rows: 41_207,
        offendingRows: 0,
      },
      {
        ...{ rule: 'batch-jobs', pack: 'quiet', database: 'application', table: 'BATCHJOB' },
        ...{ rows: 1_204, isEstimate: true, offendingRows: 0 },
      },
      {
        ...{ rule: 'printers', pack: 'lcs-2026', database: 'application', table: 'PRINTMGMTSETTINGS', rows: 17 },
        ...{ keptFromTarget: true, offendingRows: 0 },
      },
      {
        ...{ rule: 'retail-keys', pack: 'quiet', database: 'application', table: 'RETAILKEYS' },
        ...{ offendingRows: 0, skipped: 'no such table' },
      },
    ],
    proofs: [proof],
    limits: [...limitsOf({ withoutPacks, proofs: [proof], rules: [] }, true)],
    ...change,
  };
}
