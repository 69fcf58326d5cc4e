import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { commands } from '../../cli/commands/index.ts';
import { explain, placesIn } from '../../cli/explain.ts';
import { rewind, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
const folder = mkdtempSync(join(tmpdir(), 'rewind-words-'));
beforeAll(async () => {
  house = await startCliHouse();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
});

/** What Node, drivers and operating systems say to programs, and no person asked for. */
const RAW =
  /\b(Type|Syntax|Range|Reference|Aggregate|YAMLParse|Zod)Error\b|\bE[A-Z]{4,}\b|ERR_|errno|syscall|node:internal|\.[jt]s:\d|^\s+at |\[object|undefined|invalid input syntax/m;

const file = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
mkdirSync(join(folder, 'a folder'));
/** What each is called with when nothing is wrong with that. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  plan: ['--history', file('history.json', '[]'), '--at', '2026-11-20T09:00:00Z'],
  doctor: [],
  migrate: [],
  packs: ['check', file('history.yaml', 'name: contoso')],
};
const argumentsOf = (name: string) => ARGUMENTS[name] ?? ['R-1001'];

interface Trouble {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly args?: (usual: readonly string[]) => readonly string[];
}

const same = (args: readonly string[]) => args;

const TROUBLES: readonly Trouble[] = [
  { name: 'nothing' },
  { name: 'the journal is down', variables: { REWIND_JOURNAL_URL: 'postgres://rewind:x@127.0.0.1:1/rewind' } },
  {
    name: 'the journal is a SQL Server that is down',
    variables: { REWIND_JOURNAL_URL: 'mssql://sa:x@127.0.0.1:1/x?trustServerCertificate=true' },
  },
  {
    name: 'the journal’s address is of no kind that is known',
    variables: { REWIND_JOURNAL_URL: 'mysql://root@127.0.0.1/x' },
  },
  { name: 'the journal’s address is none', variables: { REWIND_JOURNAL_URL: 'journal' } },
  { name: 'Redis is down, and its address bad', variables: { REWIND_REDIS_URL: 'http://127.0.0.1:1' } },
  { name: 'environments.yaml is missing', variables: { REWIND_ENVIRONMENTS: join(folder, 'gone.yaml') } },
  { name: 'environments.yaml is a folder', variables: { REWIND_ENVIRONMENTS: join(folder, 'a folder') } },
  {
    name: 'environments.yaml is no text',
    variables: { REWIND_ENVIRONMENTS: file('x.yaml', Buffer.from([0xc3, 0x28, 0xff])) },
  },
  { name: 'environments.yaml is no YAML', variables: { REWIND_ENVIRONMENTS: file('y.yaml', 'a: {b\n- c: "') } },
  {
    name: 'environments.yaml holds something else',
    variables: { REWIND_ENVIRONMENTS: file('z.yaml', '[1, {a: null}]') },
  },
  { name: 'the folder of packs is missing', variables: { REWIND_PACKS: join(folder, 'gone') } },
  { name: 'the folder of packs is a file', variables: { REWIND_PACKS: join(folder, 'y.yaml') } },
  { name: 'an option that is not known', args: (usual) => [...usual, '--frobnicate'] },
  { name: 'a file that is missing', args: (usual) => usual.map((arg) => arg.replace('history', 'gone')) },
  { name: 'a folder for a file', args: (usual) => usual.map((arg) => arg.replace('history.json', 'a folder')) },
  { name: 'a file that is no JSON', args: (usual) => usual.map((arg) => arg.replace('history.json', 'y.yaml')) },
  { name: 'no argument', args: () => [] },
  { name: 'arguments that nobody asked for', args: (usual) => [...usual, 'x', 'y'] },
];

test.for(commands.flatMap(({ name }) => TROUBLES.map((trouble) => [name, trouble.name, trouble] as const)))(
  'rewind %s › when the trouble is “%s” it says so in words',
  async ([name, , { variables = {}, args = same }]) => {
    for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
    const { exitCode, out, err } = await rewind(name, ...args(argumentsOf(name)));
    expect(`${out}\n${err}`).not.toMatch(RAW);
    // What went wrong is followed by what to do; a question of usage is its own remedy.
    expect(exitCode === 1 && err !== '' && !err.includes('→') ? err : '').toBe('');
    expect(exitCode !== 0 && `${out}${err}`.trim() === '').toBe(false);
  },
);

test('migrate › says that the login of the journal may not make tables', async () => {
  const url = await house.server.newDatabase();
  const database = new URL(url).pathname.slice(1);
  await house.server.query(url, `ALTER DATABASE "${database}" SET default_transaction_read_only = on`);
  vi.stubEnv('REWIND_JOURNAL_URL', url);
  expect((await rewind('migrate')).err).toMatch(
    /^The journal’s tables could not be brought up to date\n→ Let the login/,
  );
});

test('an error that nobody foresaw › is said without its own words, and names its places only when asked', () => {
  const error = new TypeError("Cannot read properties of undefined (reading 'Mira Okafor')");
  expect(explain(error)).toBe(
    'Something unforeseen stopped Rewind here.\n→ Look at “rewind status” before you try again. With LOG_LEVEL=debug, the command names the place where it stopped.',
  );
  expect(placesIn(error).join('\n')).toMatch(/words\.test\.ts:\d+/);
  expect(placesIn(error).join('\n')).not.toContain('Mira');
});

test('the program › shows no stack either, of whatever a driver reports when nobody waits any more', async () => {
  const script = `process.argv[2] = 'help'; await import(${JSON.stringify(join(import.meta.dirname, '..', '..', 'cli', 'main.ts'))});
    setTimeout(() => { throw new RangeError('a value of somebody'); });`;
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, out, err) =>
      resolve(`${String(error?.code)} ${out} ${err}`),
    );
  });
  expect(said).toMatch(/^1 /);
  expect(said).toContain('Something unforeseen');
  expect(said).not.toMatch(RAW);
  expect(said).not.toContain('somebody');
});
