import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { change, openConnection } from '../sqlServer/state/connection.ts';
import { placeDatabase } from '../sqlServer/state/databases.ts';
import type { Database } from '../sqlServer/state/databaseModel.ts';
import type { AzureServer } from './model.ts';

/** A name that is there before there is anything in it. */
export function placeEmpty(server: AzureServer, name: string, owner: string): Database {
  const database = placeDatabase(server.sql.state, { name, owner });
  database.state = 'RESTORING';
  return database;
}

/** Fills a database with what another one held at a moment: its base, and the log from there on. */
export function fillFrom(to: Database, from: Database, base: string | undefined, at: number): void {
  if (base !== undefined) copyFileSync(base, to.path);
  const connection = openConnection(to.path);
  connection.db.exec('BEGIN');
  for (const { statements } of from.log.filter((commit) => commit.at <= at))
    for (const { text, parameters } of statements) change(connection, text, parameters);
  connection.db.exec('COMMIT');
  connection.db.close();
  takeAlong(to, from);
  to.state = 'ONLINE';
}

/** As of the moment when the copy ends, not of the request (I). */
export function copyFrom(to: Database, from: Database): void {
  const path = join(to.path, '..', `${randomUUID()}.copied`);
  saveTables(from, path);
  copyFileSync(path, to.path);
  takeAlong(to, from);
  to.state = 'ONLINE';
}

/** What a later restore of `database` begins with. */
export function saveBase(database: Database): string {
  const path = join(database.path, '..', `${randomUUID()}.base`);
  saveTables(database, path);
  database.log.length = 0;
  return path;
}

function saveTables(database: Database, path: string): void {
  const connection = openConnection(database.path);
  connection.db.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
  connection.db.close();
}

/** D: all users, permissions and SIDs, and what else lies in the database; the owner is whoever made it. */
function takeAlong(to: Database, from: Database): void {
  const dbo = to.principals.find(({ name }) => name === 'dbo')?.sid;
  to.options = structuredClone(from.options);
  to.principals = from.principals.map((each) => ({
    ...each,
    ...(each.name === 'dbo' ? { sid: dbo } : {}),
    roles: new Set(each.roles),
    permissions: [...each.permissions],
  }));
  to.properties = from.properties.map((each) => ({ ...each }));
  to.ownRows = structuredClone(from.ownRows);
  to.userAccess = 'MULTI_USER';
}
