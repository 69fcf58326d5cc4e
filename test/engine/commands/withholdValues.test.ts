import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWithholding } from '../../../engine/commands/withholdValues.ts';

const withhold = createWithholding(['CUSTTABLE', 'CUSTACCOUNT', 'AxDB_UAT', 'uat']);
const tell = (line: string) => withhold(line).text;

test.for([
  '2026-11-30T02:29:30.123Z Table CUSTTABLE: index I_ACCOUNT cannot be created (error 1505)',
  '  Unique on CUSTACCOUNT; 14 rows share their value with another row',
  '  Mend the data in CUSTTABLE or withdraw the customization, then synchronize again',
  'Msg 1505, Level 16, State 1',
  'The CREATE UNIQUE INDEX statement terminated because a duplicate key was found',
  'for the object name dbo.CUSTTABLE and the index name I_ACCOUNT.',
  "Violation of PRIMARY KEY constraint 'PK_CUST'. Cannot insert duplicate key in object 'dbo.CUSTTABLE'.",
  'Synchronizing AxDB_UAT, customizations: test',
  'Synchronized: tables, columns, indexes and views are as the code expects',
  'ERROR: column "RECID" of relation "T2" (SQLSTATE 42P16)',
  'at Microsoft.Dynamics.AX.Framework.Database.Tools.SyncEngine.RunSync() in line 44',
  'Microsoft.Data.SqlClient.SqlException (0x80131904): the operation timed out after 30 s',
  'Stopping the Dynamics 365 Batch service ... done in 3.2 s',
  'progress 45/100, 12 % done; version 10.0.45.1; 1,284 rows, 41.5 MB at 18:04:05',
  '{"environment":"uat","pid":123,"state":"healthy"}',
  'nobody answers; it could not be re-created',
])('output › is told as it stands: %s', (line) => expect(withhold(line)).toMatchObject({ text: line, withheld: 0 }));

test.for([
  ['Customer Klaus Meier has 2 addresses', 'Customer … has 2 addresses'],
  ['Duplicate key: (usmf, C-10042, Meier), 3 rows', 'Duplicate key: (…), 3 rows'],
  ['row 17: C-10042 | Klaus Meier | 4711 | 88', 'row 17: …'],
  ['CUSTACCOUNT=100234 rows=17', 'CUSTACCOUNT=… rows=17'],
  ['order-0042 of account 49151700123', '… of account …'],
  ['/srv/logs/meier.4711', '/srv/logs/….…'],
  ['4711', '…'],
])('output › %s is told as %s', ([line = '', told]) => expect(tell(line)).toBe(told));

test('output › a name that was called a table stands in the lines after it, and in no other output', () => {
  const own = createWithholding([]);
  expect(own('see CONTOSOLOYALTY').text).toBe('see …');
  expect(own('table CONTOSOLOYALTY is locked').text).toBe('table CONTOSOLOYALTY is locked');
  expect(own('see CONTOSOLOYALTY').text).toBe('see CONTOSOLOYALTY');
  expect(createWithholding([])('see CONTOSOLOYALTY').text).toBe('see …');
});

test('output › no word that nobody knows survives, whatever stands around it', () => {
  const noise = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(noise, noise, (before, after) => {
      expect(tell(`${before} qzvbxkw ${after}`)).not.toContain('qzvbxkw');
      expect(tell(`${before}Qzvbxkw9${after}`)).not.toContain('Qzvbxkw9');
    }),
    { numRuns: 2000 },
  );
});

test('output › is soon done with a line of a megabyte', () => {
  for (const unit of ['a', 'a.', 'C-1|', '9,', 'table A ']) {
    const started = process.threadCpuUsage();
    tell(unit.repeat(1_000_000 / unit.length));
    const { user, system } = process.threadCpuUsage(started);
    expect({ unit, isQuick: (user + system) / 1000 < 1000 }).toEqual({ unit, isQuick: true });
  }
});
