import { z } from 'zod';
import type { Sandbox, Source } from '../../contracts.ts';
import { serverUrl } from '../../databases/sqlServer/address.ts';
import type { Typed } from '../typedSettings.ts';
import { quarterHoursOf } from './source/headers/zones.ts';

const text = z.string().min(1);

/** Where a backup lies for the target's server, when that is not where production wrote it: `from` is a beginning. */
const paths = z.array(z.strictObject({ from: text, to: text })).default([]);

const shared = {
  /** Folders (or URLs) below which backups may lie, as the target's server sees them. Without any: local folders only. */
  backupFolders: z.array(text).default([]),
  /** `family_guid` per database, when the history holds several databases of one name. */
  familyGuids: z.strictObject({ application: text.optional(), financialReporting: text.optional() }).default({}),
  /** A login of production that may read the databases, for facts that are measured there. Leave it out and nothing connects. */
  reader: serverUrl.optional(),
};

export const sourceSettings = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('history-file'),
    /** JSON of docs/plan-from-history.md; read anew for every survey. */
    file: text,
    paths,
    ...shared,
  }),
  z.strictObject({
    from: z.literal('connection'),
    /** A login of production's server that may SELECT from the backup tables of msdb, and nothing more. */
    server: serverUrl,
    paths,
    ...shared,
  }),
  z
    .strictObject({
      from: z.literal('backup-location'),
      /** The instance that lists `backupFolders` and reads the headers in them: a target's own, never production's. */
      server: serverUrl,
      /** Single backups that no folder lists: T-SQL cannot list what lies behind a URL. */
      devices: z.array(text).default([]),
      /** How the names of backup files end, when not as usual. */
      extensions: z.array(z.string().regex(/^\w+$/, 'is not the end of a file name, as `bak`')).min(1).optional(),
      /** IANA name of the zone of production's clock, for the backups whose headers do not tell it. */
      serverTimeZone: z
        .string()
        .refine((zone) => quarterHoursOf('2026-01-15T12:00:00', zone) !== undefined, 'is not an IANA time zone')
        .optional(),
      ...shared,
    })
    .refine(({ backupFolders, devices }) => backupFolders.length + devices.length > 0, {
      path: ['backupFolders'],
      message: 'names no folder, and `devices` no backup',
    }),
]);

export const sandboxSettings = z.strictObject({
  /** The service's login; docs/providers/sql-server.md has the statements that give its rights. */
  server: serverUrl,
  /** The address that `synchronize` gets where it asks for one; the service's own without it. Its login must get into closed databases. */
  synchronizeAs: serverUrl.optional(),
  /** Where the copies' files go; without them, where the target's own files lie. */
  dataFolder: text.optional(),
  logFolder: text.optional(),
  /** A small database of Rewind's own on that server. */
  controlDatabase: text.max(128).default('Rewind'),
  /** Encrypted sources: keep production's key, decrypt, or take the key of a certificate of this server. */
  encryption: z.union([z.enum(['keep', 'decrypt']), z.strictObject({ certificate: text })]).default('keep'),
  /** Reads every backup once before it is restored. */
  verifyBackups: z.boolean().default(false),
});

export type SourceSettings = z.infer<typeof sourceSettings>;
export type LocationSettings = Extract<SourceSettings, { from: 'backup-location' }>;
export type SandboxSettings = z.infer<typeof sandboxSettings>;
export type SqlServerSource = Typed<Source, SourceSettings>;
export type SqlServerSandbox = Typed<Sandbox, SandboxSettings>;
