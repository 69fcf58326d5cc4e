import { readFileSync } from 'node:fs';
import type { config } from 'mssql';
import { z } from 'zod';

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

const parameters = z.strictObject({
  /** `strict` is TDS 8.0 (SQL Server 2022 and later): TLS before the first byte of TDS. */
  encrypt: z.enum(['true', 'strict']).default('true'),
  /** PEM file of the authority that signed the server's certificate. */
  ca: z.string().min(1).optional(),
  trustServerCertificate: z.literal('true').optional(),
  instance: z.string().min(1).optional(),
  /** `ntlm` needs `domain`; `entra` takes its credential from where it runs; `entra-application` is client id and secret. */
  authentication: z.enum(['sql', 'ntlm', 'entra', 'entra-application']).default('sql'),
  domain: z.string().min(1).optional(),
  tenantId: z.string().min(1).optional(),
});

type Parameters = z.infer<typeof parameters>;

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
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `has an unknown or wrong parameter (${issue?.path.join('.') || issue?.message})`;
  }
  const { authentication, domain, tenantId, trustServerCertificate } = parsed.data;
  if (trustServerCertificate !== undefined && !isLoopback(url.hostname)) {
    return 'trusts any certificate: only a server on 127.0.0.1 may be trusted unseen; name its authority with ca=FILE';
  }
  if (authentication === 'ntlm' && domain === undefined) return 'needs domain=… for NTLM';
  if (authentication === 'entra-application' && tenantId === undefined)
    return 'needs tenantId=… for an Entra application';
  if (authentication !== 'entra' && (url.username === '' || url.password === '')) return 'names no login and password';
  return undefined;
}

export interface ServerAddress {
  /** For messages: never the login or its password. */
  readonly title: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly config: config;
}

/** `text` has passed `serverUrl`. */
export function addressOf(text: string): ServerAddress {
  const url = new URL(text);
  const settings = parameters.parse(Object.fromEntries(url.searchParams));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 1433);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const { instance, ca, encrypt, trustServerCertificate } = settings;
  return {
    title: instance === undefined ? `${host}:${String(port)}` : `${host}\\${instance}`,
    host,
    port,
    user,
    password,
    config: {
      server: host,
      ...(instance === undefined ? { port } : {}),
      ...authenticationOf(settings, user, password),
      options: {
        encrypt: encrypt === 'strict' ? ENCRYPT_STRICT : true,
        trustServerCertificate: trustServerCertificate === 'true',
        appName: 'Rewind',
        useUTC: true,
        // The socket is closed when a cancelled statement does not end in this time: a stop takes 2 s at most.
        cancelTimeout: 1500,
        ...(instance === undefined ? {} : { instanceName: instance }),
        ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca: readFileSync(ca) } }),
      },
    },
  };
}

// The types of mssql know a boolean only; tedious takes the word for TDS 8.0.
const ENCRYPT_STRICT = 'strict' as unknown as boolean;

function authenticationOf(
  { authentication, domain, tenantId }: Parameters,
  user: string,
  password: string,
): Partial<config> {
  switch (authentication) {
    case 'sql':
      return { user, password };
    case 'ntlm':
      return { user, password, domain };
    case 'entra':
      // A user-assigned managed identity has its client id in the place of the login.
      return {
        authentication: { type: 'azure-active-directory-default', options: user === '' ? {} : { clientId: user } },
      };
    case 'entra-application':
      return {
        authentication: {
          type: 'azure-active-directory-service-principal-secret',
          options: { clientId: user, clientSecret: password, tenantId: tenantId ?? '' },
        },
      };
  }
}
