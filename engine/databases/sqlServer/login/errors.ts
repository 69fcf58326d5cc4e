import { RetryableError, TerminalError } from '../../../errors.ts';

export class ConnectionLostError extends RetryableError {
  override readonly code = 'connection-lost';

  constructor(server: string, doing: string) {
    super(`The connection to ${server} was cut while ${doing}`, {
      remedy: 'It is tried again after a look at the server. Check the network and the error log of the server.',
    });
  }
}

export class InstanceUnknownError extends RetryableError {
  override readonly code = 'instance-not-found';

  constructor(server: string) {
    super(`SQL Server Browser names no TCP port for ${server}`, {
      remedy:
        'Start the instance with TCP/IP and SQL Server Browser (UDP 1434), or write the port into the address instead of instance=….',
    });
  }
}

export class ServerNotReadyError extends RetryableError {
  override readonly code = 'server-not-ready';

  constructor(server: string, number: number) {
    super(`${server} takes no logins now: it starts, is being upgraded, paused or shut down (${errorOf(number)})`, {
      remedy: 'It is tried again. If it stays so, ask whoever runs the server what is going on there.',
    });
  }
}

const errorOf = (number: number) => `SQL Server error ${String(number)}`;

/**
 * Paused, shutting down, not ready, out of threads; upgraded, shut down, or in single-user mode for an administrator. In Azure: moved,
 * woken, or out of resources for a moment.
 */
export const NOT_READY: readonly number[] = [
  17_142,
  17_143,
  17_147,
  17_148,
  17_187,
  17_189,
  17_197,
  18_401,
  18_451,
  18_461,
  ...[4221, 10_928, 10_929, 40_197, 40_501, 40_613, 49_918, 49_919, 49_920],
];

export class EncryptionRefusedError extends TerminalError {
  override readonly code = 'server-does-not-encrypt';

  constructor(server: string) {
    super(`${server} answers that it does not encrypt; no login was sent to it`, {
      remedy: 'Every SQL Server encrypts: find out who answers there, or what stands in between.',
    });
  }
}

export class CertificateNotTrustedError extends TerminalError {
  override readonly code = 'server-certificate-not-trusted';

  /** `why`: `it has expired`, `nobody vouches for it`. */
  constructor(server: string, why: string, remedy: string) {
    super(`The TLS certificate of ${server} is not trusted: ${why}`, { remedy });
  }
}

export class LoginRefusedError extends TerminalError {
  override readonly code = 'login-refused';

  readonly number: number | undefined;

  /** `authentication`: `SQL login`, `NTLM`, … */
  constructor(server: string, authentication: string, number: number | undefined) {
    const how = number === undefined ? authentication : `${authentication}, ${errorOf(number)}`;
    super(`${server} refuses the login of the service (${how})`, {
      remedy: REMEDIES.get(number ?? 0) ?? 'Check login, password and authentication; the server’s error log says why.',
    });
    this.number = number;
  }
}

const REMEDIES: ReadonlyMap<number, string> = new Map([
  [4060, 'Check that the database is there and online, and that the login has a user in it.'],
  [
    18_452,
    'Check domain, account and password, and that the server trusts the domain and takes NTLM; or use a SQL login.',
  ],
  [4064, 'The login’s default database cannot be opened: ALTER LOGIN … WITH DEFAULT_DATABASE = master.'],
  [17_892, 'A logon trigger of the server refuses it: let it pass the service (DISABLE TRIGGER … ON ALL SERVER).'],
  [18_470, 'Enable the login: ALTER LOGIN … ENABLE.'],
  [18_486, 'Unlock the login: ALTER LOGIN … WITH PASSWORD = … UNLOCK.'],
  [18_487, 'The password has expired: set a new one, put it into the address, and restart the workers.'],
  [18_488, 'The password has to be changed first: do so by hand, put it into the address, and restart the workers.'],
]);

export class EntraTokenUnavailableError extends RetryableError {
  override readonly code = 'entra-token-unavailable';

  constructor(server: string, why: string) {
    super(`There is no Entra token for ${server}: ${why}`, {
      remedy:
        'Give this machine a managed identity or a workload identity, and let the worker’s account reach its endpoint; or use another authentication.',
    });
  }
}

export class EntraTokenRefusedError extends TerminalError {
  override readonly code = 'entra-token-refused';

  /** `reason`: `AADSTS7000215`, or the status of the answer. */
  constructor(server: string, reason: string) {
    super(`Entra refuses a token for ${server} (${reason})`, {
      remedy: 'Look the number up: most often the client secret has expired, or tenant or client id is wrong.',
    });
  }
}

export class EntraAudienceRefusedError extends TerminalError {
  override readonly code = 'entra-audience-refused';

  constructor(server: string, audience: string) {
    super(`${server} asks for an Entra token for ${audience}, which is no database service; it gets none`, {
      remedy: 'Find out who answers there: a SQL Server asks for a token for https://database.windows.net.',
    });
  }
}
