import { resolve } from 'node:path';
import { z } from 'zod';
import type { Sandbox, Source } from '../../contracts.ts';
import type { ActContext } from '../provider.ts';
import type { Typed } from '../typedSettings.ts';

/** Absolute from here on: servers work in their data directory. */
const folder = z
  .string()
  .min(1)
  .transform((path) => resolve(path));
const postgresUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), 'is not a postgres:// URL');

export const sourceSettings = z.strictObject({
  /** Where production's `archive_command` puts its WAL segments, each appearing whole. Only read. */
  archiveFolder: folder,
  /** One folder per base backup: `<stamp>/data` and, written last, `<stamp>/backup.json`. Only read. */
  backupsFolder: folder,
  /** A read-only login for measuring; survey, plan and restore never connect to production. */
  reader: postgresUrl.optional(),
});

export const sandboxSettings = z.strictObject({
  /** Holds the link `current`, which leads to one of the data directories in `generations/`. */
  folder,
  /** Where the program `postgres` lies, of production's major version. */
  binFolder: folder,
  /** A superuser of the target: `postgres://role:password@127.0.0.1:5432`. */
  service: postgresUrl.refine(
    (text) => URL.canParse(text) && new URL(text).username !== '' && new URL(text).password !== '',
    'names no role and password',
  ),
  /** Port of 127.0.0.1 that the copy listens on while it lies beside the target. */
  copyPort: z.int().min(1024).max(65535),
});

export type SandboxSettings = z.infer<typeof sandboxSettings>;
export type PostgresSource = Typed<Source, z.infer<typeof sourceSettings>>;
export type PostgresSandbox = Typed<Sandbox, SandboxSettings>;

/** An act's context as this provider reads it. */
export interface PostgresAct extends ActContext {
  readonly source: PostgresSource;
  readonly target: PostgresSandbox;
}
