import type { Profile } from '../profiles.ts';
import { generated, type Table } from './table.ts';

/**
 * Columns that F&O encrypts with a key of the environment, or that hold a secret: those of the golden-configuration article
 * ("Clear encrypted fields"), and some of those that the data dictionary declares as encrypted.
 * Their values name themselves, so that one left behind is found by looking for CANARY.
 */
export const ENCRYPTED_COLUMNS: readonly (readonly [table: string, column: string, type: 'bytea' | 'varchar'])[] = [
  ['CREDITCARDACCOUNTSETUP', 'SECUREMERCHANTPROPERTIES', 'bytea'],
  ['EXCHANGERATEPROVIDERCONFIGURATIONDETAILS', 'VALUE', 'bytea'],
  ['FISCALESTABLISHMENT_BR', 'CONSUMEREFDOCCSC', 'bytea'],
  ['FISCALESTABLISHMENTSTAGING', 'CSC', 'varchar'],
  ['HCMPERSONIDENTIFICATIONNUMBER', 'PERSONIDENTIFICATIONNUMBER', 'bytea'],
  ['HCMWORKERACTIONHIRE', 'PERSONIDENTIFICATIONNUMBER', 'varchar'],
  ['SYSEMAILSMTPPASSWORD', 'PASSWORD', 'bytea'],
  ['SYSOAUTHUSERTOKENS', 'ENCRYPTEDACCESSTOKEN', 'bytea'],
  ['SYSOAUTHUSERTOKENS', 'ENCRYPTEDREFRESHTOKEN', 'bytea'],
  ['RETAILHARDWAREPROFILE', 'SECUREMERCHANTPROPERTIES', 'bytea'],
  ['RETAILCHANNELPAYMENTCONNECTORLINE', 'SECUREMERCHANTPROPERTIES', 'bytea'],
  ['RETAILCONNDATABASEPROFILE', 'CONNECTIONSTRING', 'bytea'],
  ['PERSONNELINTEGRATIONCONFIGURATION', 'CONNECTIONSTRING', 'varchar'],
  ['SYSHISTORICALCRYPTOGRAPHY', 'ENCRYPTEDDATA', 'bytea'],
  ['SYSHISTORICALCRYPTOGRAPHY', 'OLDENCRYPTEDDATA', 'bytea'],
  ['SYSOAUTHCONFIGURATION', 'APPKEY', 'bytea'],
  ['KEYVAULTPARAMETERS', 'CLIENTSECRETKEY', 'bytea'],
  ['BUSINESSEVENTSENDPOINT', 'AZUREAPPSECRET', 'varchar'],
];

/** Columns that stand beside the encrypted ones, as far as a row needs them to be told apart. */
const KEYS: Readonly<Record<string, string>> = {
  CREDITCARDACCOUNTSETUP: 'CONNECTORNAME',
  EXCHANGERATEPROVIDERCONFIGURATIONDETAILS: 'KEY_',
  FISCALESTABLISHMENT_BR: 'FISCALESTABLISHMENTID',
  FISCALESTABLISHMENTSTAGING: 'FISCALESTABLISHMENTID',
  SYSOAUTHUSERTOKENS: 'SECURERESOURCE',
  RETAILHARDWAREPROFILE: 'PROFILEID',
  RETAILCHANNELPAYMENTCONNECTORLINE: 'PAYMENTCONNECTORNAME',
  RETAILCONNDATABASEPROFILE: 'NAME',
};
const ROWS: Readonly<Record<string, number>> = { HCMPERSONIDENTIFICATIONNUMBER: 600, HCMWORKERACTIONHIRE: 200 };

export function encryptedTables({ name, scale }: Profile): readonly Table[] {
  const elsewhere = new Set(['SYSEMAILSMTPPASSWORD', 'KEYVAULTPARAMETERS', 'BUSINESSEVENTSENDPOINT']);
  const names = new Set(ENCRYPTED_COLUMNS.map(([table]) => table).filter((table) => !elsewhere.has(table)));
  return [...names].map((table) =>
    generated(table, Math.max(3, Math.round((ROWS[table] ?? 12) * scale)), {
      ...(KEYS[table] === undefined
        ? {}
        : { [KEYS[table]]: ['varchar(60) NOT NULL', `concat('${table.toLowerCase()} ', g)`] }),
      ...Object.fromEntries(
        ENCRYPTED_COLUMNS.filter(([owner]) => owner === table).map(([, column, type]) => {
          const value = `concat('CANARY ${name} ${column.toLowerCase()} ', g)`;
          return [column, type === 'bytea' ? ['bytea', { bytesOf: value }] : [`varchar(255) NOT NULL`, value]] as const;
        }),
      ),
    }),
  );
}
