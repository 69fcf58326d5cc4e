import { quoteName } from '../../../databases/sqlServer/quote.ts';

export type UserAccess = 'MULTI_USER' | 'RESTRICTED_USER';

/** Rolls back whoever must leave: a door that waits for an open transaction is not closed. */
export const setAccess = (database: string, access: UserAccess): string =>
  `ALTER DATABASE ${quoteName(database)} SET ${access} WITH ROLLBACK IMMEDIATE`;

/**
 * The session that runs these holds the database until its next SET …_USER. Statistics first: their background thread
 * would otherwise take the single place.
 */
export const takeAlone = (database: string): readonly string[] => [
  `ALTER DATABASE ${quoteName(database)} SET AUTO_UPDATE_STATISTICS_ASYNC OFF`,
  `ALTER DATABASE ${quoteName(database)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE`,
];

export const setStatisticsAsync = (database: string, isOn: boolean): string =>
  `ALTER DATABASE ${quoteName(database)} SET AUTO_UPDATE_STATISTICS_ASYNC ${isOn ? 'ON' : 'OFF'}`;

export const renameDatabase = (from: string, to: string): string =>
  `ALTER DATABASE ${quoteName(from)} MODIFY NAME = ${quoteName(to)}`;

export const dropDatabase = (database: string): string => `DROP DATABASE ${quoteName(database)}`;
