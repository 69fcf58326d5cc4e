import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findBreaches, rooms } from './architecture/rules.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

function breaches(files: Record<string, string>): string[] {
  return findBreaches(Object.entries(files).map(([path, text]) => ({ path, text })));
}

test('the house › holds its own rules', () => {
  const paths = Object.keys(rooms).flatMap((room) => globSync(`${room}/**/*.{ts,js}`, { cwd: root }));
  const files = paths
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  expect(files.length).toBeGreaterThan(5);
  expect(findBreaches(files)).toEqual([]);
});

test('the house › names only files that exist as doors between rooms', () => {
  const doors = Object.values(rooms).flatMap((room) => room.mayImport);
  expect([...new Set(doors)].filter((door) => !existsSync(join(root, door)))).toEqual([]);
});

test('a room › may import itself and its doors', () => {
  expect(
    breaches({
      'bot/a.ts': "import { b } from './b.ts';\nimport type { Run } from '../engine/contracts.ts';",
      'bot/b.ts': "import { read } from '../engine/journal/read.ts';\nimport { z } from 'zod';\nimport 'botbuilder';",
    }),
  ).toEqual([]);
});

test('a room › may not import past another one’s doors, not even types', () => {
  expect(
    breaches({
      'engine/run.ts': "import {\n  wake,\n} from '../queue/wake.ts';",
      'bot/main.ts': "import type { Step } from '../engine/steps/swap.ts';",
      'cards/plan.ts': "export { x } from '../env/x.ts';",
      'cli/main.ts': "const bot = await import('../bot/main.ts');",
    }),
  ).toEqual([
    'bot/main.ts imports engine/steps/swap.ts, which is no door of bot/',
    'cards/plan.ts imports env/x.ts, which is no door of cards/',
    'cli/main.ts imports bot/main.ts, which is no door of cli/',
    'engine/run.ts imports queue/wake.ts, which is no door of engine/',
  ]);
});

test('the bot › cannot choose a trust other than that of Teams', () => {
  expect(
    breaches({
      'bot/main.ts': "import { loopbackTrust } from './trust/loopbackTrust.ts';",
      'demo/bot.ts': "import { loopbackTrust } from '../bot/trust/loopbackTrust.ts';",
    }),
  ).toEqual(['bot/main.ts imports bot/trust/loopbackTrust.ts, which only demo/ and test/ hand in']);
});

test('a package › stays in its room', () => {
  expect(
    breaches({
      'engine/a.ts': "import { TurnContext } from 'botbuilder';\nimport { Queue } from 'bullmq';",
      'queue/a.ts': "import pg from 'pg';\nimport type { X } from 'botframework-connector/lib/x';",
      'bot/a.ts': "import { SqlClient } from '@azure/arm-sql';\nimport OpenAI from 'openai';",
      'cli/a.ts': "import fc from 'fast-check';",
      'demo/a.ts': "import pg from 'pg';\nimport { createServer } from 'restify';",
      'test/a.ts': "import { Queue } from 'bullmq';",
    }),
  ).toEqual([
    'bot/a.ts uses @azure/arm-sql, which belongs to engine/',
    'bot/a.ts uses openai, which belongs to no room',
    'cli/a.ts uses fast-check, a development tool',
    'engine/a.ts uses botbuilder, which belongs to bot/',
    'engine/a.ts uses bullmq, which belongs to queue/',
    'queue/a.ts uses botframework-connector/lib/x, which belongs to bot/',
    'queue/a.ts uses pg, which belongs to engine/',
  ]);
});

test('an import cycle › is named once, and types make one, too', () => {
  expect(
    breaches({
      'engine/a.ts': "import { b } from './b.ts';",
      'engine/b.ts': "import { c } from './deep/c.ts';",
      'engine/deep/c.ts': "import { a } from '../a.ts';",
      'engine/d.ts': "import { e } from './e.ts';",
      'engine/e.ts': "import type { D } from './d.ts';",
    }),
  ).toEqual([
    'engine/a.ts → engine/b.ts → engine/deep/c.ts → engine/a.ts is an import cycle',
    'engine/d.ts → engine/e.ts → engine/d.ts is an import cycle',
  ]);
});

test('a folder › has at most 25 files of its own', () => {
  const folder = (name: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}/f${String(index)}.ts`, 'x;']));
  expect(
    breaches({
      ...folder('engine', 25),
      ...folder('engine/deep', 26),
      ...folder('cli', 26),
      ...folder('test/engine', 99),
    }),
  ).toEqual(['cli/ has 26 files, more than 25', 'engine/deep/ has 26 files, more than 25']);
});

test('the environment and the clock › are read in one place each', () => {
  expect(
    breaches({
      'env/read.ts': 'export const all = process.env;',
      'demo/install/x.js': 'const ci = process.env.CI; const at = Date.now();',
      'demo/main.ts': 'const home = process.env.HOME;',
      'engine/clock.ts': 'export const now = () => Date.now();',
      'engine/lease.ts': 'const at = new Date();\nconst parsed = new Date(text);',
      'queue/wake.ts': 'const at = performance.now();',
      'cards/x.ts':
        '// Date.now( would make a card differ from run to run\nconst at = "http://process.example"; // new Date()',
      'test/x.test.ts': 'const at = Date.now(); const ci = process.env.CI;',
    }),
  ).toEqual([
    'demo/main.ts reads process.env, which only env/ does',
    'engine/lease.ts reads the wall clock instead of a Clock handed in',
    'queue/wake.ts reads the wall clock instead of a Clock handed in',
  ]);
});

test('a file › has no default export and at most 250 lines', () => {
  expect(
    breaches({
      'engine/a.ts': 'export default 1;',
      'engine/b.ts': 'const b = 1;\nexport { b as default };',
      'engine/c.ts': 'x;\n'.repeat(250),
      'engine/d.ts': 'x;\n'.repeat(251),
      'test/e.ts': 'x;\n'.repeat(900),
    }),
  ).toEqual([
    'engine/a.ts has a default export',
    'engine/b.ts has a default export',
    'engine/d.ts has 251 lines, more than 250',
  ]);
});

test('a worker on Windows › meets nothing of POSIX outside the demo and the embedded provider', () => {
  expect(
    breaches({
      'bot/a.ts': "process.once('SIGTERM', stop);",
      'cli/a.ts': "const text = readFileSync(new URL('x', import.meta.url).pathname);",
      'engine/a.ts': "process.kill(-pid);\nspawn('x', { detached: true });",
      'engine/b.ts': "await chmod(file, 0o600); // symlink('a', 'b')",
      'engine/c.ts': 'if (process.getuid() === 0) spawn(file, { shell: true });',
      'engine/commands/runCommand.ts': "process.kill(-pid, 'SIGKILL');",
      'engine/environments/postgres/a.ts': "process.kill(pid, 'SIGQUIT'); await symlink(a, b);",
      'env/a.ts': "const home = '/tmp/rewind';",
      'demo/a.ts': "spawn('sh', { uid: 0 });",
    }),
  ).toEqual([
    'bot/a.ts assumes a signal, which Windows does not have',
    'cli/a.ts assumes the path of a file URL without fileURLToPath(), which Windows does not have',
    'engine/a.ts assumes a process group, which Windows does not have',
    'engine/a.ts assumes a signal, which Windows does not have',
    'engine/b.ts assumes a file mode, an owner or a link, which Windows does not have',
    'engine/c.ts assumes a shell, which Windows does not have',
    'engine/c.ts assumes a user or group number, which Windows does not have',
    'env/a.ts assumes a path of POSIX, which Windows does not have',
  ]);
});
