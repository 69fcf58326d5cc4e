import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, type Table } from './table.ts';
import { companyName } from './words.ts';

/** Attachments, notes and templates. StorageProviderId 1 is Azure storage; 0 keeps the file in the row. */
export function documentTables({ name, scale }: Profile): readonly Table[] {
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  const url = (folder: string) => `concat('https://files.${name}.fabrikam.example/${folder}/', g)`;
  return [
    generated('DOCUVALUE', rows(2400), {
      NAME: ['varchar(259) NOT NULL', `concat('canary-${name}-attachment-', g)`],
      FILENAME: ['varchar(259) NOT NULL', `concat('contract ', ${companyName('g')}, '.pdf')`],
      ORIGINALFILENAME: ['varchar(259) NOT NULL', `concat('contract ', ${companyName('g')}, '.pdf')`],
      FILETYPE: ['varchar(20) NOT NULL', `CASE WHEN g % 40 = 0 THEN 'docx' ELSE 'pdf' END`],
      STORAGEPROVIDERID: ['int NOT NULL', 'CASE WHEN g % 5 = 0 THEN 0 ELSE 1 END'],
      ACCESSINFORMATION: ['varchar(1260) NOT NULL', `CASE WHEN g % 5 = 0 THEN '' ELSE ${url('canary')} END`],
      FILE_: ['bytea', { bytesOf: `CASE WHEN g % 5 = 0 THEN '${'canary '.repeat(40)}' END` }],
    }),
    generated('DOCUDELETEDVALUE', rows(60), {
      NAME: ['varchar(259) NOT NULL', `concat('canary-${name}-deleted-', g)`],
      STORAGEPROVIDERID: ['int NOT NULL', '1'],
      ACCESSINFORMATION: ['varchar(1260) NOT NULL', url('deleted')],
      FILE_: ['bytea', { bytesOf: `CASE WHEN g % 5 = 0 THEN 'canary deleted' END` }],
    }),
    // Every fourth comes with the application; the others somebody has uploaded.
    generated('DOCUTEMPLATE', rows(20), {
      TEMPLATEID: ['varchar(40) NOT NULL', `concat('${name}-template-', g)`],
      FILENAME: ['varchar(259) NOT NULL', `concat('Sales quotation ', g, '.docx')`],
      FILEID: ['varchar(60) NOT NULL', `CASE WHEN g % 4 = 0 THEN '' ELSE concat('canary-${name}-file-', g) END`],
      AOTRESOURCENAME: ['varchar(60) NOT NULL', `CASE WHEN g % 4 = 0 THEN concat('SalesQuotation', g) ELSE '' END`],
    }),
    generated('DOCUREF', rows(2400), {
      REFTABLEID: ['int NOT NULL', '366'],
      REFRECID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
      VALUERECID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
      TYPEID: ['varchar(10) NOT NULL', `'File'`],
      NAME: ['varchar(259) NOT NULL', `concat('Contract of ', ${companyName('g')})`],
      NOTES: ['varchar(4000)', `CASE WHEN g % 3 = 0 THEN concat('Called ', ${companyName('g')}, ': pays late') END`],
    }),
  ];
}
