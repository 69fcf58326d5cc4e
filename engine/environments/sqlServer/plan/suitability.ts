import type { CheckResult } from '../../../contracts.ts';
import type { SourceFile } from '../source/backupFiles.ts';
import type { Database } from '../databases.ts';
import { serverError } from '../../../databases/sqlServer/faults.ts';
import { isSameName } from '../names.ts';
import type { ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';

/** One database of the source as its full backup shows it, and what it is to replace. */
export interface SourceDatabase {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly collation: string | undefined;
  readonly former: Database | undefined;
}

export const thumbprintOf = ({ files }: Pick<SourceDatabase, 'files'>): string | undefined =>
  files.find(({ TDEThumbprint }) => TDEThumbprint !== undefined)?.TDEThumbprint;

const GIGABYTE = 1_073_741_824;
const SQL_SERVER_2025 = 17;
const expressGigabytes = ({ majorVersion = 0 }: ServerFacts) => (majorVersion >= SQL_SERVER_2025 ? 50 : 10);

/** What this server is sure to refuse, hours later. @throws ServerRefusal */
export function refuseUnsuited(server: string, facts: ServerFacts, sources: readonly SourceDatabase[]): void {
  const refuse = (number: number, what: string, name: string): never => {
    const objects = [{ kind: 'database', name }] as const;
    throw serverError('edition-lacks-feature', { number, state: 0, server, doing: `planning: ${what}`, objects });
  };
  for (const source of sources) {
    const bytes = source.files.filter(({ Type }) => Type === 'D').reduce((sum, { Size }) => sum + Size, 0);
    if (facts.isExpress && bytes > expressGigabytes(facts) * GIGABYTE)
      refuse(1827, `${facts.edition} holds ${String(expressGigabytes(facts))} GB per database`, source.name);
    if (thumbprintOf(source) !== undefined && lacksEncryption(facts))
      refuse(33_117, `${facts.edition} of version ${facts.version} has no TDE`, source.name);
  }
}

const SQL_SERVER_2019 = 15;

/** Standard has it since 2019, Web and Express have not. An edition or version that is not known is not judged. */
const lacksEncryption = ({ isExpress, isStandard, edition, majorVersion }: ServerFacts) =>
  isExpress || (isStandard && (edition.startsWith('Web') || (majorVersion ?? SQL_SERVER_2019) < SQL_SERVER_2019));

/** What may go wrong, or be different afterwards: nobody but a person can tell. */
export function judgeSuitability(facts: ServerFacts, sources: readonly SourceDatabase[]): readonly CheckResult[] {
  return [...sources.flatMap((source) => collation(facts, source)), ...edition(facts), ...containers(facts, sources)];
}

const warn = (name: string, title: string, detail: string, remedy: string): CheckResult => ({
  name,
  title,
  outcome: 'warning',
  basis: 'measured',
  detail,
  remedy,
});

function collation(facts: ServerFacts, { name, collation: comes, former }: SourceDatabase): readonly CheckResult[] {
  const present = former?.collation;
  if (comes === undefined || !present || isSameName(comes, present)) return [];
  const server =
    facts.collation === null || isSameName(facts.collation, comes) ? '' : `, the server ${facts.collation}`;
  return [
    warn(
      'same-collation',
      `Collation of ${former?.name ?? 'the target'} changes`,
      `${name} is ${comes}, ${former?.name ?? 'the target'} ${present}${server}`,
      'Expect error 468 where queries compare it with tempdb or with another database.',
    ),
  ];
}

/** Partitions and compression need no Enterprise edition since 2016 SP1; no backup says whether a database has them. */
function edition({ isExpress, isStandard, edition: name, version }: ServerFacts): readonly CheckResult[] {
  const [major = 0, , build = 0] = version.split('.').map(Number);
  const isOld = major < 13 || (major === 13 && build < 4001);
  if (!(isExpress || isStandard) || !isOld || major === 0) return [];
  return [
    warn(
      'edition',
      'Edition of the target’s server',
      `${name} ${version} starts no database with partitions or compressed tables (905, 909)`,
      'Ask sys.dm_db_persisted_sku_features in production, or update the server to 2016 SP1 or later.',
    ),
  ];
}

/** FILESTREAM and memory-optimized filegroups are both of type S; only the first needs to be switched on. */
function containers({ filestreamLevel }: ServerFacts, sources: readonly SourceDatabase[]): readonly CheckResult[] {
  const found = sources.flatMap(({ name, files }) =>
    files.filter(({ Type }) => Type === 'S').map(({ LogicalName }) => `${LogicalName} of ${name}`),
  );
  if (found.length === 0 || filestreamLevel !== 0) return [];
  return [
    warn(
      'filestream',
      'FILESTREAM on the target’s server',
      `It is off on the target’s server, and production has ${found.join(', ')}`,
      'Switch it on, unless these are memory-optimized: the restore fails with 5591 otherwise.',
    ),
  ];
}
