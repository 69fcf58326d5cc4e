import { randomUUID } from 'node:crypto';
import type { Azure, AzureServer, Running } from './model.ts';

const iso = (at: number) => new Date(at).toISOString();

/** Takes work on and carries it out when its time has come; every request looks whose time that is. */
export function begin(
  azure: Azure,
  wish: Pick<Running, 'kind' | 'server' | 'database' | 'databaseName' | 'complete'> & {
    readonly takesMs: number;
    readonly error?: string | undefined;
    readonly segment?: string;
  },
): Running {
  const { takesMs, segment = 'database', error, ...rest } = wish;
  const startedAt = azure.now();
  const running: Running = {
    ...rest,
    id: randomUUID(),
    segment,
    error,
    startedAt,
    endsAt: startedAt + takesMs,
    state: 'InProgress',
  };
  azure.running.push(running);
  return running;
}

export function settle(azure: Azure): void {
  for (const running of azure.running) {
    if (running.state !== 'InProgress' || running.endsAt > azure.now()) continue;
    if (running.error === undefined) running.complete();
    running.state = running.error === undefined ? 'Succeeded' : 'Failed';
  }
}

export const under = (azure: Azure, databaseName: string, server: AzureServer): readonly Running[] =>
  azure.running.filter(
    (one) =>
      one.state === 'InProgress' &&
      one.server === server &&
      one.databaseName.toLowerCase() === databaseName.toLowerCase(),
  );

/** R: no percent and nothing of the database in it; a failure is an answer of success. */
export const pollBody = ({ id, state, startedAt, error }: Running): Record<string, unknown> => ({
  name: id,
  status: state,
  startTime: iso(startedAt),
  ...(error === undefined || state !== 'Failed'
    ? {}
    : { error: { code: error, message: 'Azure’s own words, which nobody repeats.' } }),
});

/** R: percent is 0 or 100. */
export const operationView = (
  { id, kind, state, startedAt, databaseName, server }: Running,
  serverId: string,
): Record<string, unknown> => ({
  properties: {
    databaseName,
    operation: kind,
    operationFriendlyName: FRIENDLY[kind],
    percentComplete: state === 'Succeeded' ? 100 : 0,
    serverName: server.name,
    startTime: iso(startedAt),
    state,
  },
  id: `${serverId}/databases/${databaseName}/operations/${id}`,
  name: id,
  type: 'Microsoft.Sql/servers/databases/operations',
});

const FRIENDLY: Readonly<Record<Running['kind'], string>> = {
  CreateRestoreRequest: 'RESTORE DATABASE',
  CreateDatabaseAsCopy: 'CREATE DATABASE AS COPY',
  DropLogicalDatabase: 'DROP DATABASE',
  UpdateLogicalDatabase: 'ALTER DATABASE',
};
