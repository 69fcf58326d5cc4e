import type { Measures } from './provider.ts';

/** Everything an environment is known by: as a whole, and database by database. */
export const identitiesOf = ({ identity, databaseIdentities = [] }: Measures): readonly string[] => [
  ...(identity === undefined ? [] : [identity]),
  ...databaseIdentities,
];

/** Whether two environments have at least one database in common, whatever they are called. */
export const haveDatabasesInCommon = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((identity) => other.includes(identity));
