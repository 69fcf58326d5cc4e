import { sqlError, sqlErrors } from '../sql/sqlError.ts';
import type { Certificate, Server } from './model.ts';
import type { Database } from './databaseModel.ts';

/** Numbers of sys.dm_database_encryption_keys. */
export type EncryptionState = 'NONE' | 'UNENCRYPTED' | 'ENCRYPTED' | 'DECRYPTION_IN_PROGRESS';

export function encryptionOf({ options: { encryptor, decryption } }: Database): {
  readonly state: EncryptionState;
  readonly percent: number;
} {
  if (encryptor === undefined) return { state: 'NONE', percent: 0 };
  if (decryption === undefined) return { state: 'ENCRYPTED', percent: 0 };
  const { from, until } = decryption;
  if (Date.now() >= until) return { state: 'UNENCRYPTED', percent: 0 };
  return { state: 'DECRYPTION_IN_PROGRESS', percent: ((Date.now() - from) / (until - from)) * 100 };
}

const failed = [5069, 'ALTER DATABASE statement failed.'] as const;

/** ENCRYPTION ON or OFF: begins a scan and comes back at once. */
export function setEncryption({ pace }: Server, database: Database, isOn: boolean): void {
  const { state } = encryptionOf(database);
  if (state === 'NONE')
    throw sqlErrors(
      [33_106, 'Cannot change database encryption state because no database encryption key is set.'],
      failed,
    );
  if (state === 'DECRYPTION_IN_PROGRESS')
    throw sqlErrors(
      [
        33_109,
        'Cannot disable database encryption while an encryption, decryption, or key change scan is in progress.',
      ],
      failed,
    );
  if (isOn && state === 'ENCRYPTED')
    throw sqlErrors([33_107, 'Cannot enable database encryption because it is already enabled.'], failed);
  if (!isOn && state === 'UNENCRYPTED')
    throw sqlErrors([33_108, 'Cannot disable database encryption because it is already disabled.'], failed);
  const now = Date.now();
  database.options.decryption = isOn ? undefined : { from: now, until: now + pace.decryptMs };
}

export function protectKey(database: Database, certificate: Certificate): void {
  requireQuietKey(database);
  database.options.encryptor = certificate.thumbprint;
}

export function dropKey(database: Database): void {
  requireKey(database);
  if (encryptionOf(database).state !== 'UNENCRYPTED')
    throw sqlError(
      33_105,
      'Cannot drop the database encryption key because it is currently in use. Database encryption needs to be turned off to be able to drop the database encryption key.',
    );
  database.options.encryptor = undefined;
  database.options.decryption = undefined;
}

function requireQuietKey(database: Database): void {
  requireKey(database);
  if (encryptionOf(database).state === 'DECRYPTION_IN_PROGRESS')
    throw sqlError(
      33_110,
      'Cannot change database encryption key while an encryption, decryption, or key change scan is in progress.',
    );
}

function requireKey(database: Database): void {
  if (database.options.encryptor === undefined)
    throw sqlError(33_104, 'A database encryption key does not exist for this database.');
}
