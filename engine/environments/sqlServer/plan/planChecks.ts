import type { CheckResult, Sandbox } from '../../../contracts.ts';
import type { ChainWarning } from '../chain/chainWarnings.ts';
import { describeLead, findLeadsOutside } from './leadsOutside.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { findNeighbours, type Here } from './neighbours.ts';

type Row = Pick<CheckResult, 'name' | 'title'>;

const passed = (row: Row, detail: string): CheckResult => ({
  ...row,
  outcome: 'passed',
  basis: 'measured',
  detail,
  remedy: '',
});
const warning = (row: Row, detail: string, remedy: string): CheckResult => ({
  ...row,
  outcome: 'warning',
  basis: 'measured',
  detail,
  remedy,
});

/** What is odd about the chain of one database. */
export const chainChecks = (database: string, warnings: readonly ChainWarning[]): readonly CheckResult[] =>
  warnings.map(({ message }) =>
    warning(
      { name: 'restore-chain', title: `Restore chain of ${database}` },
      message,
      'Go on only if the copy may be like this.',
    ),
  );

/** What is odd about the backups as they lie there, whether the chain needs them or not. */
export const noteChecks = (notes: readonly string[]): readonly CheckResult[] =>
  notes.map((note) =>
    warning({ name: 'backup-notes', title: 'Backups of production' }, note, 'Go on only if the plan may rest on it.'),
  );

export const encryptionChecks = (described: string | undefined): readonly CheckResult[] =>
  described === undefined ? [] : [passed({ name: 'encryption', title: 'Encryption of the copies' }, described)];

/** What works with the target from elsewhere on its server, and where the target itself leads. */
export async function surroundingChecks(
  connection: Connection,
  target: Sandbox,
  { isLogShippingSeen, ...here }: Here & { readonly isLogShippingSeen: boolean },
): Promise<readonly CheckResult[]> {
  const { found, unseen } = await findNeighbours(connection, target, here);
  const hidden = [...(isLogShippingSeen ? [] : ['log shipping (msdb)']), ...unseen];
  const row = { name: 'neighbours', title: 'Jobs, linked servers and synonyms that lead to the target' };
  const parts = [...found, ...(hidden.length === 0 ? [] : [`not visible to the service: ${hidden.join(', ')}`])];
  return [
    parts.length === 0
      ? passed(row, 'None found')
      : warning(row, parts.join('; '), 'Tell whoever runs the server; the log of the run names all.'),
    ...(await replacedLeads(connection, target)),
  ];
}

async function replacedLeads(connection: Connection, target: Sandbox): Promise<readonly CheckResult[]> {
  const names = Object.values(target.databases);
  const leads = (await Promise.all(names.map((name) => findLeadsOutside(connection, name, target)))).flatMap(
    (found, index) => found.map((lead) => `${names[index] ?? ''}: ${describeLead(lead)}`),
  );
  if (leads.length === 0) return [];
  return [
    warning(
      { name: 'replaced-leads', title: 'What leads out of the target is replaced by production’s' },
      leads.join('; '),
      'Script these now, and create them again after the refresh.',
    ),
  ];
}
