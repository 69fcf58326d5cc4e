import type { Statement } from '../../../databases/sqlServer/statement.ts';

/**
 * What encrypted backups and databases are opened with on the target's server: certificates, and keys of a key manager.
 * `privateKey` is how the private key is protected; NO_PRIVATE_KEY opens nothing ("sys.certificates").
 */
export const readCertificates = (): Statement => ({
  text: [
    'SELECT c.name, CONVERT(varchar(66), c.thumbprint, 1) AS thumbprint, c.pvt_key_encryption_type_desc AS privateKey',
    'FROM master.sys.certificates AS c',
    'UNION ALL',
    'SELECT k.name, CONVERT(varchar(66), k.thumbprint, 1) AS thumbprint, CAST(NULL AS nvarchar(60)) AS privateKey',
    'FROM master.sys.asymmetric_keys AS k;',
  ].join('\n'),
});

/** Log shipping writes into, or reads from, databases of these names. */
export const readLogShipping = (): Statement => ({
  text: [
    'SELECT p.primary_database AS name FROM msdb.dbo.log_shipping_primary_databases AS p',
    'UNION',
    'SELECT s.secondary_database AS name FROM msdb.dbo.log_shipping_secondary_databases AS s;',
  ].join('\n'),
});
