import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';
import { within } from './where.ts';

/** Needs VIEW SERVER STATE. 1 is decrypted, 3 encrypted, 2 and 4 to 6 on the way. */
export const readEncryption = (database: string): Statement => ({
  text: [
    'SELECT k.encryption_state AS state, k.percent_complete AS percentComplete,',
    '       CONVERT(varchar(66), k.encryptor_thumbprint, 1) AS thumbprint',
    'FROM sys.dm_database_encryption_keys AS k',
    'WHERE k.database_id = DB_ID(@database);',
  ].join('\n'),
  parameters: { database },
});

/** The copy's data is then readable with the target's certificate; production's is no longer needed. */
export const reencryptKey = (database: string, certificate: string): string =>
  within(database, `ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER CERTIFICATE ${quoteName(certificate)}`);

/** Refused (33105) before the decryption has come to its end. */
export const dropKey = (database: string): string => within(database, 'DROP DATABASE ENCRYPTION KEY');
