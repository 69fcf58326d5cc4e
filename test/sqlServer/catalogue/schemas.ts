import type { Database } from '../state/databaseModel.ts';

/** Every database has these. */
export const schemas = ['dbo', 'guest', 'INFORMATION_SCHEMA', 'sys'];

/** Those that somebody owns, with their numbers. */
export const ownSchemas = ({ principals }: Database): readonly { name: string; id: number; owner: number }[] =>
  principals.flatMap(({ id, ownedSchemas = [] }) =>
    ownedSchemas.map((name, index) => ({ name, id: 1000 + id * 100 + index, owner: id })),
  );

/** Tables in a schema that nobody has made are shown under the number 5. */
export function schemaId(database: Database, name: string): number {
  const isIt = (each: string) => each.toLowerCase() === name.toLowerCase();
  const at = schemas.findIndex(isIt);
  return at === -1 ? (ownSchemas(database).find((each) => isIt(each.name))?.id ?? 5) : at + 1;
}
