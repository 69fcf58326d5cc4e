import type { ConnectionConfiguration } from 'tedious';
import { z } from 'zod';
import {
  authenticationOf,
  authenticationParameters,
  authenticationProblem,
  type Credentials,
  describeAuthentication,
  integratedProblem,
} from './login/authentication.ts';
import { encryptedOnly } from './login/encryptedOnly.ts';
import type { Patience } from './patience.ts';
import { readAuthority } from './login/trust.ts';

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

const parameters = z.strictObject({
  /** `strict` is TDS 8.0 (SQL Server 2022 and later): TLS before the first byte of TDS. */
  encrypt: z.enum(['true', 'strict']).default('true'),
  /** File with the certificate of the authority that signed the server's. */
  ca: z.string().min(1).optional(),
  trustServerCertificate: z.literal('true').optional(),
  instance: z.string().min(1).optional(),
  ...authenticationParameters,
});

/** `mssql://login:password@server:1433?encrypt=strict`: who logs in where, and how the server proves who it is. */
export const serverUrl = z.string().superRefine((text, context) => {
  const problem = problemOf(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not an address mssql://login:password@server:1433';
  const url = new URL(text);
  if (!/^(mssql|sqlserver):$/.test(url.protocol)) return 'is not an address mssql://login:password@server:1433';
  if (!/^\/?$/.test(url.pathname)) return 'names a database: the databases stand under `databases`';
  const integrated = integratedProblem(url.searchParams);
  if (integrated !== undefined) return integrated;
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `has an unknown or wrong parameter (${issue?.path.join('.') || issue?.message})`;
  }
  const { encrypt, instance, trustServerCertificate } = parsed.data;
  if (trustServerCertificate !== undefined && !isLoopback(url.hostname)) {
    return 'trusts any certificate: only a server on 127.0.0.1 may be trusted unseen; name its authority with ca=FILE';
  }
  if (trustServerCertificate !== undefined && encrypt === 'strict')
    return 'trusts any certificate, which encrypt=strict never does: name its authority with ca=FILE';
  if (instance !== undefined && url.port !== '') return 'names an instance and a port: one of them is enough';
  const credentials = credentialsOf(url);
  if (credentials === undefined) return 'has a login or password that is not percent-encoded: % is written %25';
  return authenticationProblem(parsed.data, credentials);
}

/** undefined when they cannot be read. */
function credentialsOf(url: URL): Credentials | undefined {
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return undefined;
  }
}

/** How long is waited for a server: for a connection, for the answer to a short question, and from one sign of life to the next. */
export interface ServerBounds {
  readonly connectMs: number;
  readonly answerMs: number;
  readonly everyMs: number;
}

const SERVER_BOUNDS: ServerBounds = { connectMs: 15_000, answerMs: 15_000, everyMs: 15_000 };

export interface ServerAddress {
  /** For messages: never the login or its password. */
  readonly title: string;
  /** `NTLM as CONTOSO\rewind`: never a secret. */
  readonly authentication: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** For the driver; the database and what may take how long are said by whoever connects. */
  readonly config: ConnectionConfiguration;
  readonly bounds: ServerBounds;
  /** Absent: a login that is refused is refused, and a session stays what it is. */
  readonly patience?: Patience;
}

/**
 * `text` has passed `serverUrl`.
 * @throws ServerSettingsError when the file of `ca` is no certificate
 */
export function addressOf(text: string, bounds: ServerBounds = SERVER_BOUNDS): ServerAddress {
  const url = new URL(text);
  const settings = parameters.parse(Object.fromEntries(url.searchParams));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 1433);
  const credentials = credentialsOf(url) ?? { user: '', password: '' };
  const { instance, ca, encrypt, trustServerCertificate } = settings;
  const title = instance === undefined ? `${host}:${String(port)}` : `${host}\\${instance}`;
  return {
    title,
    authentication: describeAuthentication(settings, credentials),
    host,
    port,
    user: credentials.user,
    bounds,
    config: {
      server: host,
      authentication: authenticationOf(settings, credentials, title),
      options: {
        ...(encrypt === 'strict' ? { encrypt } : { encrypt: true, connector: encryptedOnly(title) }),
        trustServerCertificate: trustServerCertificate === 'true',
        appName: 'Rewind',
        useUTC: true,
        // The socket is closed when a cancelled statement does not end in this time: a stop takes 2 s at most.
        cancelTimeout: 1500,
        ...(instance === undefined ? { port } : { instanceName: instance }),
        ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca: readAuthority(ca, title) } }),
      },
    },
  };
}
