import { z } from 'zod';
import type { Neighbours } from '../../providerDefinition.ts';
import { DATABASE_ROLES, type Sandbox } from '../../../contracts.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { type Database, listDatabases } from '../databases.ts';
import { describeLead, findLeadsOutside, readObjectName } from './leadsOutside.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isSameName, namesOf, roleByName } from '../names.ts';
import { readServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { Servers } from '../../../databases/sqlServer/servers.ts';
import { sandboxSettings } from '../settings.ts';
import * as statements from '../statements/neighbours.ts';

const jobRow = z.object({
  name: z.string(),
  databaseName: z.string().nullable(),
  relation: z.enum(['in', 'named', 'all']),
});
const nameRow = z.object({ name: z.string() });
const linkedServerRow = z.object({
  name: z.string(),
  dataSource: z.string().nullable(),
  catalog: z.string().nullable(),
});
const synonymRow = z.object({ schemaName: z.string(), name: z.string(), leadsTo: z.string() });

/** For `rewind doctor`: what leads out of the databases among it, because a refresh replaces it by production's. */
export async function listNeighbours(target: Sandbox, servers: Servers): Promise<Neighbours> {
  const connection = await servers.connection(sandboxSettings.parse(target.settings).server);
  const [{ name }, databases] = [await readServerFacts(connection), await listDatabases(connection)];
  const neighbours = await findNeighbours(connection, target, { name, databases });
  const leads = await Promise.all(
    Object.values(target.databases).map(async (name) =>
      (await findLeadsOutside(connection, name, target)).map((lead) => `${describeLead(lead)} leads out of ${name}`),
    ),
  );
  return { ...neighbours, found: [...neighbours.found, ...leads.flat()] };
}

/** The server as it was looked at already. */
export interface Here {
  readonly name: string;
  readonly databases: readonly Database[];
}

export async function findNeighbours(connection: Connection, target: Sandbox, here: Here): Promise<Neighbours> {
  const names = DATABASE_ROLES.map((role) => target.databases[role]);
  const isTarget = (name: string | null | undefined) => names.some((one) => isSameName(one, name ?? ''));
  const jobs = await askIfAllowed(connection, statements.readJobs(names), jobRow, 'looking for jobs');
  const plans = await askIfAllowed(
    connection,
    statements.readMaintenancePlans(),
    nameRow,
    'looking for maintenance plans',
  );
  const servers = await linksBack(connection, here.name, isTarget);
  const others = here.databases.filter((database) => isOther(database, target));
  const synonyms = await synonymsInto(connection, others, isTarget);
  return {
    found: [
      ...(jobs ?? []).map(({ name, databaseName, relation }) => `job ${name} ${relations[relation](databaseName)}`),
      ...(plans ?? []).map(({ name }) => `maintenance plan ${name}: its databases cannot be read`),
      ...servers,
      ...synonyms.found,
    ],
    unseen: [...(jobs && plans ? [] : ['jobs and maintenance plans (msdb)']), ...synonyms.unseen],
    advice: adviceFor(target),
  };
}

const relations = {
  in: (database: string | null) => `works in ${database ?? ''}`,
  named: () => 'has a database of the target in a command',
  all: () => 'works over all databases, the copies too',
} as const;

const HERE = /^(tcp:|lpc:)?(\.|\(local\)|localhost|127\.0\.0\.1)(,\d+)?$/i;

async function linksBack(
  connection: Connection,
  here: string,
  isTarget: (name: string | null) => boolean,
): Promise<readonly string[]> {
  const linked = await connection.ask(statements.readLinkedServers(), linkedServerRow, {
    doing: 'looking for linked servers',
  });
  return linked.flatMap(({ name, dataSource, catalog }) => {
    const isHere = dataSource !== null && (HERE.test(dataSource) || isSameName(dataSource, here));
    if (isTarget(catalog)) return [`linked server ${name} leads to ${catalog ?? ''} on ${dataSource ?? 'a server'}`];
    return isHere && !catalog ? [`linked server ${name} leads back to this server`] : [];
  });
}

/** A synonym follows the name: after the swap it reads the new database. */
async function synonymsInto(
  connection: Connection,
  others: readonly Database[],
  isTarget: (name: string | undefined) => boolean,
): Promise<Pick<Neighbours, 'found' | 'unseen'>> {
  const found: string[] = [];
  const closed: string[] = [];
  for (const { name } of others) {
    const doing = `looking for synonyms in ${name}`;
    const synonyms = await askIfAllowed(connection, statements.readSynonyms(name), synonymRow, doing);
    if (synonyms === undefined) closed.push(name);
    for (const synonym of synonyms ?? []) {
      if (isTarget(readObjectName(synonym.leadsTo).database))
        found.push(`synonym ${synonym.schemaName}.${synonym.name} of ${name} leads to ${synonym.leadsTo}`);
    }
  }
  const unseen = closed.length === 0 ? [] : [`synonyms of ${shortened(closed)}`];
  return { found, unseen };
}

const LAST_SYSTEM_DATABASE = 4;

const isOther = ({ id, name, state, snapshotOf }: Database, target: Sandbox) =>
  id > LAST_SYSTEM_DATABASE &&
  state === 'ONLINE' &&
  snapshotOf === null &&
  DATABASE_ROLES.every((role) => roleByName(target.databases[role], name) === undefined);

const MOST = 5;

const shortened = (names: readonly string[]): string =>
  names.length <= MOST
    ? names.join(', ')
    : `${names.slice(0, MOST).join(', ')} and ${String(names.length - MOST)} more databases`;

/** What backup and maintenance jobs should leave alone. */
export function adviceFor(target: Sandbox): string {
  const patterns = DATABASE_ROLES.flatMap((role) => {
    const { incoming, previous } = namesOf(target.databases[role], 'R-0');
    return [incoming, previous].map((one) => one.replace(/R-0$/, '%'));
  });
  return `Leave the copies out of backup and maintenance jobs: ${patterns.join(', ')} (Ola Hallengren: @Databases = 'USER_DATABASES${patterns.map((pattern) => `, -${pattern}`).join('')}')`;
}
