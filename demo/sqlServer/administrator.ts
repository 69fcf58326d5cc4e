import { z } from 'zod';
import { addressOf, serverUrl, type ServerAddress } from '../../engine/databases/sqlServer/address.ts';
import { ServerSettingsError } from '../../engine/databases/sqlServer/errors.ts';
import { LoginRefusedError } from '../../engine/databases/sqlServer/login/errors.ts';
import { openLongConnection, type Connection } from '../../engine/databases/sqlServer/connection.ts';
import { readServerFacts } from '../../engine/databases/sqlServer/serverFacts.ts';
import { quoteName } from '../../engine/databases/sqlServer/quote.ts';
import { TerminalError } from '../../engine/errors.ts';
import { SqlServerUnusableError } from './errors.ts';

/** Whoever `--sql-server` names, a member of sysadmin: makes what the demo needs, and takes it away again. */
export interface Administrator extends AsyncDisposable {
  /** For messages. */
  readonly title: string;
  /** Where backups go, as the server sees it, with its separator at the end. */
  readonly backupFolder: string;
  /** Runs one batch in a database. */
  run(database: string, text: string): Promise<void>;
  ask<Row>(text: string, row: z.ZodType<Row>): Promise<readonly Row[]>;
  /** The same server, another login, with or without a database. */
  url(login: { readonly name: string; readonly password: string }, database?: string): string;
  /** Its own way into a database. */
  ownUrl(database: string): string;
}

/**
 * Connects, and sees to it that nobody else runs the demo there.
 * @throws SqlServerUnusableError
 */
export async function openAdministrator(url: string): Promise<Administrator> {
  const address = readAddress(url);
  await using undo = new AsyncDisposableStack();
  const line = undo.use(await connect(address));
  // What locks is a session of its own: the lock lasts until that ends, however the demo ends.
  const lock = undo.use(await connect(address));
  const backupFolder = await examine(line);
  await takeLock(lock, address.title);
  const held = undo.move();
  return {
    title: address.title,
    backupFolder,
    async run(database, text) {
      await line.send({ text: `USE ${quoteName(database)};\n${text}` }, { doing: `preparing ${database}` });
    },
    ask: (text, row) => line.ask({ text }, row, { doing: 'looking at the server' }),
    url: (login, database) => inDatabase(asLogin(url, login), database),
    ownUrl: (database) => inDatabase(new URL(url), database),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** The demo's own logins are SQL Server's, however the administrator comes in. */
export function asLogin(url: string, { name, password }: Parameters<Administrator['url']>[0]): URL {
  const changed = new URL(url);
  changed.username = encodeURIComponent(name);
  changed.password = encodeURIComponent(password);
  for (const parameter of ['authentication', 'domain', 'tenantId']) changed.searchParams.delete(parameter);
  return changed;
}

export function inDatabase(url: URL, database: string | undefined): string {
  url.pathname = database === undefined ? '' : `/${encodeURIComponent(database)}`;
  return url.href;
}

function readAddress(url: string): ServerAddress {
  const checked = serverUrl.safeParse(url);
  if (!checked.success)
    throw new SqlServerUnusableError(
      `The address after --sql-server ${checked.error.issues[0]?.message ?? 'cannot be read'}`,
      'For example --sql-server "mssql://sa:password@127.0.0.1:1433?trustServerCertificate=true".',
    );
  try {
    return addressOf(url);
  } catch (error) {
    if (!(error instanceof ServerSettingsError)) throw error;
    throw new SqlServerUnusableError(
      'The certificate that ca=… of --sql-server names cannot be used',
      'Name a file that can be read, PEM or DER, of the authority that signed the server’s certificate.',
    );
  }
}

async function connect(address: ServerAddress): Promise<Connection> {
  try {
    return await openLongConnection(address);
  } catch (error) {
    if (error instanceof LoginRefusedError)
      throw new SqlServerUnusableError(
        `${address.title} refuses the login that --sql-server names`,
        'Check login and password; characters such as @ and / stand there percent-encoded.',
      );
    // What only a person can mend says already what and how.
    if (error instanceof TerminalError) throw new SqlServerUnusableError(error.message, error.remedy);
    throw new SqlServerUnusableError(
      `No SQL Server answers at ${address.title}`,
      'Start the server, or correct host and port after --sql-server.',
    );
  }
}

const OLDEST = 15;
/** Azure SQL Database, Synapse, Managed Instance, Edge. */
const WITHOUT_DISKS: ReadonlySet<number> = new Set([5, 6, 8, 9, 11]);

const placeRow = z.object({ engine: z.number().nullable(), folder: z.string().nullable() });

/** @returns the folder for backups */
async function examine(line: Connection): Promise<string> {
  const { version, majorVersion = 0, isSysadmin, login, edition } = await readServerFacts(line);
  if (majorVersion < OLDEST)
    throw new SqlServerUnusableError(
      `${line.title} is SQL Server version ${version}, too old for the demo`,
      'Name a server of SQL Server 2019 or later; 2022 shows most.',
    );
  const [place] = await line.ask(
    {
      text: `SELECT CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine,
                    CAST(SERVERPROPERTY('InstanceDefaultBackupPath') AS nvarchar(260)) AS folder;`,
    },
    placeRow,
    { doing: 'looking at the server' },
  );
  const folder = place?.folder ?? '';
  if (WITHOUT_DISKS.has(place?.engine ?? 0) || folder === '')
    throw new SqlServerUnusableError(
      `${line.title} (${edition}) writes no backups to a disk of its own`,
      'Name a SQL Server on Windows, Linux or in a container.',
    );
  if (!isSysadmin)
    throw new SqlServerUnusableError(
      `${login} is no member of sysadmin on ${line.title}`,
      'The demo makes databases and logins there: name sa or another member of sysadmin.',
    );
  if (/[\\/]$/.test(folder)) return folder;
  return `${folder}${folder.includes('\\') ? '\\' : '/'}`;
}

async function takeLock(line: Connection, title: string): Promise<void> {
  const [lock] = await line.ask(
    {
      text: `DECLARE @status int;
EXEC @status = sp_getapplock @Resource = N'rewind demo', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
SELECT @status AS status;`,
    },
    z.object({ status: z.number() }),
    { doing: 'looking for another demo' },
  );
  if ((lock?.status ?? -1) < 0)
    throw new SqlServerUnusableError(`Another demo runs on ${title}`, 'Stop it first, or name another server.');
}
