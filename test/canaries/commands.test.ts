import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND_NAMES, type Command, type CommandName } from '../../engine/contracts.ts';
import { CANARIES, toldIn } from './canaries.ts';
import { refreshAndListen } from './witness.ts';

/** What programs that meet data print: rows, keys, errors of both servers, JSON, sentences. */
const PRINTED: readonly ((value: string, index: number) => string)[] = [
  (v, n) => `row ${String(n)}: ${v} | 4711 | ${v}`,
  (v) => `Duplicate key: (usmf, ${v}), 3 rows`,
  (v) =>
    `ERROR:  duplicate key value violates unique constraint "i_accountidx"\nDETAIL:  Key (accountnum)=(${v}) already exists.`,
  (v) =>
    `Msg 2627, Level 14, State 1\nViolation of PRIMARY KEY constraint 'PK_CUST'. Cannot insert duplicate key in object 'dbo.CUSTTABLE'. The duplicate key value is (${v}).`,
  (v) => `Conversion failed when converting the nvarchar value '${v}' to data type int.`,
  (v) => JSON.stringify({ state: 'failed', customer: v, rows: 14 }),
  (v) => `Customer ${v} has 2 addresses; account ${v}, mail to ${v}`,
  (v) => `ACCOUNTNUM=${v};NAME=${v}`,
  (v) => `\u001b[31mPRINT ${v}\u001b[0m`,
  (v) => `PL/pgSQL function guard() line 3 at RAISE\nCONTEXT:  ${v}\nNOTICE:  ${v}`,
];

const LINES = CANARIES.map(({ value }, index) => (PRINTED[index % PRINTED.length] ?? String)(value, index));
const CAUSE = [
  'Table CONTOSOLOYALTY: index I_CUSTACCOUNTIDX cannot be created (error 1505)',
  '  Not unique on the column CUSTACCOUNT; 14 rows share their value with another row',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-canaries-'));
  await writeFile(join(folder, 'output'), [...LINES, ...CAUSE, ...LINES].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const shell = (script: string, more: Partial<Command> = {}): Command => ({
  command: 'sh',
  args: ['-c', script],
  timeoutMs: 2000,
  ...more,
});

const printing = (exitCode: number) =>
  shell(`cat '${folder}/output'; cat '${folder}/output' >&2; exit ${String(exitCode)}`);

test.for(COMMAND_NAMES)('the output of %s › tells none of 200 values on, whether it fails or not', async (name) => {
  for (const exitCode of [0, 1]) {
    const told = await refreshAndListen({
      sandbox: { commands: { [name]: printing(exitCode) }, policy: { synchronize: 'beside-and-after-switch' } },
    });
    expect(toldIn(told)).toEqual([]);
    expect(told).toContain(CAUSE[0]);
    expect(told).toMatch(/\d+ words of the output are withheld: they may hold data/);
  }
});

test('the card of a synchronization that failed › names index and number of rows, however many rows were printed after', async () => {
  const rows = CANARIES.map(({ mark }, index) => `row ${String(index)}: C-${mark} | Meier | ${mark} GmbH | 4711`);
  await writeFile(join(folder, 'rows'), [...CAUSE, ...rows].join('\n'));
  const told = await refreshAndListen({
    sandbox: {
      commands: { synchronize: shell(`cat '${folder}/rows'; exit 1`) },
      policy: { synchronize: 'after-switch' },
    },
  });
  const cards = told.split('\n').filter((line) => line.includes('"AdaptiveCard"'));
  for (const line of CAUSE) expect(cards.join('\n')).toContain(line.trim());
});

/** What each command found in its environment. */
async function environments(commands: Partial<Record<CommandName, Partial<Command>>>) {
  const own = Object.fromEntries(
    COMMAND_NAMES.map((name) => [name, shell(`env > '${folder}/${name}'`, commands[name])]),
  );
  const told = await refreshAndListen({ sandbox: { commands: own, policy: { synchronize: 'after-switch' } } });
  const found = await Promise.all(COMMAND_NAMES.map((name) => readFile(join(folder, name), 'utf8')));
  return { told, found: Object.fromEntries(COMMAND_NAMES.map((name, index) => [name, found[index] ?? ''])) };
}

const URL_NAME = 'REWIND_APPLICATION_URL';
const NOT_HANDED = `${URL_NAME} is not handed over`;

test('the address of the database › goes to the synchronization that asks for it, and to no other command', async () => {
  const { told, found } = await environments({
    synchronize: { databaseUrl: true },
    // No file can say so; a service would inherit it.
    startServices: { databaseUrl: true },
  });
  expect(COMMAND_NAMES.filter((name) => found[name]?.includes(URL_NAME))).toEqual(['synchronize']);
  expect(found['startServices']).toContain('REWIND_APPLICATION_DATABASE=axdb');
  expect(told).not.toContain(NOT_HANDED);
});

test('the address of the database › goes nowhere when nobody has asked for it, and the log says so once', async () => {
  const silent = await environments({});
  expect(COMMAND_NAMES.filter((name) => silent.found[name]?.includes(URL_NAME))).toEqual([]);
  expect(silent.told).toContain(NOT_HANDED);
  const refused = await environments({ synchronize: { databaseUrl: false } });
  expect(refused.told).not.toContain(NOT_HANDED);
});
