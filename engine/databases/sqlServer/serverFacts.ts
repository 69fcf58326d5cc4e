import { z } from 'zod';
import type { Connection } from './connection.ts';
import { readServer } from './readServer.ts';

const serverRow = z.object({
  serverName: z.string().nullable(),
  productVersion: z.string().nullable(),
  edition: z.string().nullable(),
  engineEdition: z.number().nullable(),
  collation: z.string().nullable(),
  filestreamLevel: z.number().nullable(),
  dataFolder: z.string().nullable(),
  logFolder: z.string().nullable(),
  utcTime: z.string(),
  localTime: z.string(),
  login: z.string().nullable(),
  isSysadmin: z.number().nullable(),
  session: z.number(),
  noCount: z.number(),
});

export interface ServerFacts {
  readonly name: string;
  readonly version: string;
  readonly majorVersion: number | undefined;
  readonly edition: string;
  readonly engineEdition: number | null;
  readonly isExpress: boolean;
  /** Standard, or another edition of less than Enterprise's features. */
  readonly isStandard: boolean;
  readonly collation: string | null;
  /** 0 is off; null where the server does not say. */
  readonly filestreamLevel: number | null;
  readonly dataFolder: string | null;
  readonly logFolder: string | null;
  readonly utcTime: string;
  readonly login: string;
  readonly isSysadmin: boolean;
  readonly session: number;
  /** The server's `user options` keep it from telling how many rows a statement changed. */
  readonly isWithoutCounts: boolean;
}

/** SERVERPROPERTY('EngineEdition'): Developer and Evaluation count as Enterprise. */
const STANDARD = 2;
const EXPRESS = 4;

export async function readServerFacts(connection: Connection): Promise<ServerFacts> {
  const [row] = await connection.ask(readServer(), serverRow, { doing: 'asking the server who it is' });
  const { serverName, productVersion, edition, engineEdition, login, isSysadmin, utcTime, noCount, ...rest } =
    serverRow.parse(row);
  const major = Number(productVersion?.split('.')[0]);
  return {
    ...rest,
    name: serverName ?? connection.title,
    version: productVersion ?? 'unknown',
    majorVersion: Number.isInteger(major) && major > 0 ? major : undefined,
    edition: edition ?? 'unknown edition',
    engineEdition,
    isExpress: engineEdition === EXPRESS,
    isStandard: engineEdition === STANDARD,
    utcTime: `${utcTime}Z`,
    login: login ?? '',
    isSysadmin: isSysadmin === 1,
    isWithoutCounts: noCount !== 0,
  };
}
