import { DATABASE_ROLES, type DatabaseRole, type Sandbox, type Source } from '../../../contracts.ts';
import { isSameName, longestName, type Names, namesOf } from '../../sqlServer/names.ts';
import { NameTooLongError } from '../../sqlServer/errors.ts';
import { TargetOnProductionServerError } from '../errors.ts';
import { type Below, databaseId, isSameServer, type LogicalServer, writeAddress } from './addresses.ts';

declare const made: unique symbol;

/** A database that may be written to; made in this file and nowhere else. */
export interface Writable {
  readonly name: string;
  /** Of Resource Manager. */
  readonly id: string;
  readonly at: 'source' | 'target';
  address(below?: Below): string;
  readonly [made]: true;
}

interface Ends {
  readonly source: Pick<Source, 'name' | 'kind' | 'databases'>;
  readonly sourceServer: LogicalServer;
  readonly target: Pick<Sandbox, 'name' | 'databases'>;
  readonly targetServer: LogicalServer;
}

/** Everything that a run may write to: its intermediates on the source's server, and the three names of the target on its own. */
export interface Writables {
  intermediate(role: DatabaseRole, runId: string): Writable;
  target(role: DatabaseRole, place: keyof Names, runId: string): Writable;
}

const MARK = '__rw_';

/** @throws NameTooLongError */
export function intermediateName(database: string, runId: string): string {
  // Letters, digits, _ and -, or there are no names.
  namesOf(database, runId);
  const name = `${database}${MARK}${runId}`;
  if (name.length > longestName) throw new NameTooLongError(database, name.length, longestName);
  return name;
}

/** The run of an intermediate of `database`, by its name alone. */
export function runOfIntermediate(database: string, name: string): string | undefined {
  const prefix = `${database}${MARK}`;
  return isSameName(name.slice(0, prefix.length), prefix) ? name.slice(prefix.length) : undefined;
}

/**
 * On production’s server nothing but `…__rw_RUN` can be named: a rename, a deletion or a change of production’s own databases has no
 * address that anybody could send.
 * @throws TargetOnProductionServerError
 */
export function writablesOf({ source, sourceServer, target, targetServer }: Ends): Writables {
  const isOneServer = isSameServer(sourceServer, targetServer);
  if (isOneServer && source.kind === 'production') throw new TargetOnProductionServerError(target.name, source.name);
  const production = DATABASE_ROLES.map((role) => source.databases[role]);
  return {
    intermediate: (role, runId) => make(sourceServer, intermediateName(source.databases[role], runId), 'source'),
    target(role, place, runId) {
      const name = namesOf(target.databases[role], runId)[place];
      if (isOneServer && production.some((one) => isSameName(one, name)))
        throw new TargetOnProductionServerError(target.name, source.name);
      return make(targetServer, name, 'target');
    },
  };
}

function make(server: LogicalServer, name: string, at: Writable['at']): Writable {
  const id = databaseId(server, name);
  const found = { name, id, at, address: (below: Below = '') => writeAddress(id, below) };
  // The brand is a type alone: it keeps every other file from making one.
  return found as Writable;
}
