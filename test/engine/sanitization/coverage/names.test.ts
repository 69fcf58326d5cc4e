import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Family } from '../../../../engine/sanitization/coverage/columnFacts.ts';
import { splitName } from '../../../../engine/sanitization/coverage/names/splitName.ts';
import { suspectName } from '../../../../engine/sanitization/coverage/names/suspectName.ts';
import { PUBLIC_COLUMNS } from './publicColumns.ts';

const says = (column: string, family: Family = 'text', table = 'CONTOSOTABLE') =>
  suspectName({ table, column, family }).map(({ kind, piece }) => `${kind} (${piece})`);

test.each([
  ['SIDE', []],
  ['INSIDEDIAMETER', []],
  ['RESIDENCE', []],
  ['SID', ['sign-in (SID)']],
  ['USERSID', ['sign-in (SID)']],
  ['CITYNAME', ['address (CITY)']],
  ['CAPACITY', []],
  ['MAXVELOCITY', []],
  ['SERVER', ['endpoint (SERVER)']],
  ['OBSERVERNAME', []],
  ['RESERVERETURN', []],
  ['HOST', ['endpoint (HOST)']],
  ['GHOSTITEM', []],
  ['DISABILITY', ['private detail (DISABILITY)']],
  ['SECRETARYNOTE', ['note (NOTE)']],
  ['SECRETARY', []],
  ['PROMISSORYNOTEID', []],
  ['PROFILE', []],
  ['MEMORYLIMIT', []],
  ['DESCRIPTION', []],
  ['SHIPPINGCODE', []],
  ['COMPANY', []],
  ['DISCARDNUMBERS', []],
  ['TRACE', []],
  ['HOTELTELEX', ['phone (TELEX)']],
  ['EMAILID', []],
  ['EMAILTEMPLATE', []],
  ['ADDRESSTYPE', []],
  ['LOYALTYCARDID', ['payment card (LOYALTYCARD)']],
  ['CONTACTPERSONID', []],
  ['EMPLOYEENAME', ['person name (EMPLOYEENAME)']],
  ['PRINTERNAME', []],
  ['RFC_MX', ['tax or identity number (RFC)']],
  ['FISCALCODE_IT', ['tax or identity number (FISCALCODE)']],
  // Of a customization, whose own words nobody knows.
  ['ZZQXSHOPURL', ['endpoint (URL)']],
  ['ZZQXIBAN', ['bank account (IBAN)']],
  ['ZZQXCITY', ['address (CITY)']],
  ['ZZQXELASTICITY', []],
  ['ZZQXSID', []],
  ['ZZQXSTREET', ['address (STREET)']],
  ['zzqx_city', ['address (CITY)']],
  ['ApiToken2', ['secret (TOKEN)']],
])('a name › %s says %j', (column, expected) => {
  expect(says(column)).toEqual(expected);
});

test('a name › means nothing where the type says otherwise', () => {
  expect(says('MANDATORYVATNUM', 'number')).toEqual([]);
  expect(says('WORKFLOWTASKSINEMAIL', 'number')).toEqual([]);
  expect(says('PASSWORD', 'number')).toEqual([]);
  expect(says('BIRTHYEAR', 'number')).toEqual(['private detail (BIRTHYEAR)']);
  expect(says('LATITUDE', 'number')).toEqual(['address (LATITUDE)']);
  expect(says('PHOTO', 'binary')).toEqual(['file (PHOTO)']);
  expect(says('PHOTO', 'text')).toEqual([]);
});

test.each([
  ['CUSTTABLE', 'NAME', 'text', ['person name (NAME)']],
  ['CUSTGROUP', 'NAME', 'text', []],
  ['CUSTPARAMETERS', 'NAME', 'text', []],
  ['PARTITIONS', 'NAME', 'text', []],
  ['INVENTLOCATION', 'NAME', 'text', []],
  ['HCMPERSONPRIVATEDETAILS', 'ISDISABLED', 'number', ['private detail (DISABLED)']],
  ['RETAILCHANNELTABLE', 'ISDISABLED', 'number', []],
  ['USERINFO', 'ID', 'text', ['sign-in (ID)']],
  ['INVENTDIM', 'ID', 'text', []],
  ['SYSOUTGOINGEMAILTABLE', 'SUBJECT', 'text', ['note (SUBJECT)']],
  ['CASETABLE', 'SUBJECT', 'text', []],
  ['LEDGERJOURNALTRANS', 'TXT', 'text', ['note (TXT)']],
  ['LEDGERJOURNALNAME', 'TXT', 'text', ['note (TXT)']],
  ['PAYMTERM', 'TXT', 'text', []],
  ['PAYROLLPAYSTATEMENT', 'NETAMOUNT', 'number', ['pay (AMOUNT)']],
  ['SALESLINE', 'NETAMOUNT', 'number', []],
  ['BANKACCOUNTTABLE', 'ACCOUNTNUM', 'text', ['bank account (ACCOUNTNUM)']],
  ['CUSTTABLE', 'ACCOUNTNUM', 'text', []],
] as const)('a plain word › in %s, %s of type %s says %j', (table, column, family, expected) => {
  expect(says(column, family, table)).toEqual(expected);
});

test('names that others call personal › are known to four fifths, without any value of them', () => {
  const families = ['text', 'binary', 'number', 'date'] as const;
  const known = PUBLIC_COLUMNS.filter(([table, column]) =>
    families.some((family) => says(column, family, table).length > 0),
  );
  expect(PUBLIC_COLUMNS.length).toBe(574);
  expect(known.length / PUBLIC_COLUMNS.length).toBeGreaterThan(0.8);
});

test('a name of any letters › is split into pieces that are the name again, without its signs and digits', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 128, unit: fc.constantFrom(...'ABCDEIKLMNOPRSTUVY_9') }), (name) => {
      const letters = name.replace(/_[A-Z]{1,2}$/, '').replaceAll(/[^A-Z]/g, '');
      expect(
        splitName(name)
          .map(({ text }) => text)
          .join(''),
      ).toBe(letters);
    }),
    { numRuns: 300 },
  );
});
