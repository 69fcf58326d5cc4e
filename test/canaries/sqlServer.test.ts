import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../engine/databases/sqlServer/address.ts';
import { openLongConnection } from '../../engine/databases/sqlServer/connection.ts';
import type { Session } from '../../engine/environments/provider.ts';
import { openSession } from '../../engine/environments/sqlServer/sessions.ts';
import { startTestStandIn, type StandInServer } from '../engine/environments/sqlServer/testServers.ts';
import { CANARIES, toldIn } from './canaries.ts';
import { failingCopy, refreshAndListen, tellOfError } from './witness.ts';

/** sys.messages that quote values, and what T-SQL raises itself; the names are the catalogue's. */
const SAYINGS: readonly (readonly [number: number, (value: string) => string, kept?: string])[] = [
  [
    2627,
    (v) =>
      `Violation of PRIMARY KEY constraint 'PK_CUST'. Cannot insert duplicate key in object 'dbo.CUSTTABLE'. The duplicate key value is (${v}, usmf).`,
    "constraint 'PK_CUST'. Cannot insert duplicate key in object 'dbo.CUSTTABLE'. The duplicate key value is ….",
  ],
  [
    2601,
    (v) =>
      `Cannot insert duplicate key row in object 'dbo.CUSTTABLE' with unique index 'I_ACCOUNT'. The duplicate key value is (${v}).`,
    "object 'dbo.CUSTTABLE' with unique index 'I_ACCOUNT'",
  ],
  [
    1505,
    (v) =>
      `The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.CUSTTABLE' and the index name 'I_ACCOUNT'. The duplicate key value is (${v}).`,
    "object name 'dbo.CUSTTABLE' and the index name 'I_ACCOUNT'",
  ],
  [
    245,
    (v) => `Conversion failed when converting the nvarchar value '${v}' to data type int.`,
    "nvarchar value '…' to data type int",
  ],
  [8114, () => 'Error converting data type nvarchar to bigint.', 'data type nvarchar to bigint'],
  [8114, (v) => `Error converting data type ${v} to bigint.`],
  [
    2628,
    (v) =>
      `String or binary data would be truncated in table 'AxDB.dbo.CUSTTABLE', column 'NAME'. Truncated value: '${v}'.`,
    "table 'AxDB.dbo.CUSTTABLE', column 'NAME'",
  ],
  [
    547,
    () =>
      'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_CUST". The conflict occurred in database "AxDB", table "dbo.CUSTTABLE", column \'ACCOUNTNUM\'.',
    'constraint "FK_CUST"',
  ],
  [547, (v) => `The INSERT statement conflicted with ${v}.`],
  [
    515,
    (v) =>
      `Cannot insert the value NULL into column 'NAME', table 'AxDB.dbo.CUSTTABLE'; ${v} column does not allow nulls. INSERT fails.`,
  ],
  [220, (v) => `Arithmetic overflow error for data type tinyint, value = ${v}.`, 'data type tinyint, value = …'],
  [208, (v) => `Invalid object name '${v}'.`, "Invalid object name '…'"],
  [207, (v) => `Invalid column name '${v}'.`, "Invalid column name '…'"],
  [9420, (v) => `XML parsing: line 1, character 2, illegal ${v}`],
  [
    8951,
    (v) =>
      `Table error: table 'CUSTTABLE' (ID 1). Data row does not have a matching index row in the index 'I'. Key ${v}`,
  ],
  [102, (v) => `Incorrect syntax near '${v}'.`],
  [50000, (v) => v],
  [50000, (v) => `Document ${v} of ${v} cannot be posted`],
  [51234, (v) => `Thrown for ${v}`],
  [3201, (v) => `Cannot open backup device, ${v}`, 'The server cannot read a backup'],
];

let server: StandInServer;
let session: Session;
beforeAll(async () => {
  server = await startTestStandIn();
  session = await openSession(addressOf(server.url), 'master', {
    guard: { controlDatabase: 'Rewind', target: 'uat', fence: 1 },
    signal: new AbortController().signal,
  });
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** As the driver brings it over a real socket, through the provider's session. */
async function errorOf(number: number, message: string): Promise<unknown> {
  // An error of the server holds 2,047 characters at most.
  const fault = server.standIn.fault({ match: /canary/, effect: { errors: [[number, message]] } });
  const error: unknown = await session
    .select(CompiledQuery.raw('SELECT 1 AS canary'))
    .catch((thrown: unknown) => thrown);
  fault.remove();
  return error;
}

test('SQL Server › whatever an error quotes, none of 200 values is told on at any edge of a process', async () => {
  let errors = 0;
  for (const [index, { value }] of CANARIES.entries()) {
    for (const [number, say] of SAYINGS.filter((_, n) => (n + index) % 7 === 0)) {
      const error = await errorOf(number, say(value));
      expect(error).toBeInstanceOf(Error);
      errors += 1;
      const told = tellOfError(error);
      expect(toldIn(told)).toEqual([]);
      expect(told).toContain(`SQL Server error ${String(number)} while reading from master`);
    }
  }
  expect(errors).toBeGreaterThan(500);
});

test.for(SAYINGS.map(([number, say, kept], index) => [number, index, say, kept] as const))(
  'SQL Server › a refresh that meets error %i (%i) tells no value on, and what its text may say',
  async ([number, index, say, kept]) => {
    const value = CANARIES[index * 9]?.value ?? '';
    const error = await errorOf(number, say(value));
    const told = await refreshAndListen({ provider: failingCopy(() => Promise.reject(error)) });
    expect(toldIn(told)).toEqual([]);
    expect(told).toContain(`SQL Server error ${String(number)}`);
    expect(told).toContain(kept ?? '(severity 16): text withheld: it may hold data');
  },
);

test('SQL Server › a withheld text is said to be one, and where and when a DBA finds it', async () => {
  const error = await errorOf(50_000, 'Document 4711 cannot be posted');
  const told = await refreshAndListen({ provider: failingCopy(() => Promise.reject(error)) });
  expect(told).toMatch(
    /A DBA finds the text in the error log of 127\.0\.0\.1:\d+, or .*error_reported there, at 2026-/,
  );
});

test('SQL Server › what a session prints and raises as information goes nowhere', async () => {
  await using line = await openLongConnection(addressOf(server.url));
  const heard: number[] = [];
  const said = line.send(
    { text: "PRINT N'qzvbxkw'; RAISERROR (N'qzvbxkw', 10, 1); SELECT 1 AS one" },
    { doing: 'asking', onInfo: ({ number }) => heard.push(number) },
  );
  const told = await said.then(String, tellOfError);
  expect(toldIn(told)).toEqual([]);
});
