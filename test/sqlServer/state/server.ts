import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseAudience, type EntraTrust } from '../logins/entra.ts';
import type { WindowsAccount } from '../logins/ntlm.ts';
import { createBackupShare, type BackupShare } from './backups.ts';
import { addDatabase } from './databases.ts';
import type { Login, Server, Volume } from './model.ts';

export interface NewLogin {
  /** `CONTOSO\\rewind` is a Windows account. */
  readonly name: string;
  /** Of a SQL login. */
  readonly password?: string;
  /** Of an Entra principal. */
  readonly objectId?: string;
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  readonly defaultDatabase?: string;
}

export interface NewServer {
  readonly name?: string;
  readonly version?: readonly [major: number, minor: number, build: number];
  readonly edition?: string;
  readonly collation?: string;
  /** Quarter hours east of UTC. */
  readonly zone?: number;
  readonly now?: () => number;
  readonly logins?: readonly NewLogin[];
  readonly domain?: string;
  readonly windowsAccounts?: readonly WindowsAccount[];
  readonly entra?: EntraTrust;
  readonly volumes?: readonly Volume[];
  readonly share?: BackupShare;
}

const terabyte = 2 ** 40;

/** A server with its system databases and the login `sa`. */
export function createServer(wanted: NewServer = {}): Server {
  const server: Server = {
    name: wanted.name ?? 'STANDIN',
    version: wanted.version ?? [16, 0, 4105],
    edition: wanted.edition ?? 'Developer Edition',
    collation: wanted.collation ?? 'SQL_Latin1_General_CP1_CI_AS',
    filestreamLevel: 0,
    userOptions: 0,
    zone: wanted.zone ?? 0,
    now: wanted.now ?? Date.now,
    folder: mkdtempSync(join(tmpdir(), 'sql-server-stand-in-')),
    databases: [],
    sessions: new Map(),
    logins: [],
    domain: wanted.domain ?? 'CONTOSO',
    windowsAccounts: [...(wanted.windowsAccounts ?? [])],
    entra: wanted.entra,
    directory: new Map(),
    entraAudience: databaseAudience,
    volumes: [...(wanted.volumes ?? [{ mountPoint: 'D:\\', totalBytes: terabyte, availableBytes: terabyte / 2 }])],
    share: wanted.share ?? createBackupShare(),
    strayFiles: new Set(),
    history: { backupset: [], backupmediaset: [], backupmediafamily: [], backupfile: [] },
    certificates: [],
    otherRows: new Map(),
    applicationLocks: [],
    intruders: new Map(),
    pace: { restoreMs: 0, checkMs: 0, decryptMs: 0 },
    statisticsJobs: [],
    nextDatabaseId: 1,
    nextSessionId: 51,
  };
  addLogin(server, { name: 'sa', password: randomBytes(12).toString('base64url'), roles: ['sysadmin'] });
  for (const login of wanted.logins ?? []) addLogin(server, login);
  for (const name of ['master', 'tempdb', 'model', 'msdb'])
    addDatabase(server, { name, isSystem: true, options: { recoveryModel: 'SIMPLE' } });
  return server;
}

export function addLogin(
  server: Server,
  { name, password = '', objectId, roles = [], permissions = [], defaultDatabase = 'master' }: NewLogin,
): Login {
  const known = server.logins.find((each) => each.name === name);
  if (known) {
    known.password = password;
    return known;
  }
  // `sa` has the sid 0x01 everywhere; others differ from server to server, which is what orphans users.
  const sid = name === 'sa' ? '01' : randomBytes(16).toString('hex');
  const login: Login = {
    name,
    kind: kindOf({ name, objectId }),
    password,
    ...(objectId === undefined ? {} : { objectId }),
    sid,
    roles: new Set(roles),
    permissions: new Set(permissions),
    isDisabled: false,
    defaultDatabase,
  };
  server.logins.push(login);
  return login;
}

function kindOf({ name, objectId }: NewLogin): Login['kind'] {
  if (objectId !== undefined) return 'entra';
  return name.includes('\\') ? 'windows' : 'sql';
}
