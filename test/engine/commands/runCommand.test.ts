import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '../../../engine/contracts.ts';
import { createWithholding } from '../../../engine/commands/withholdValues.ts';
import { runCommand, type RunCommandOptions } from '../../../engine/commands/runCommand.ts';
import { createScrub } from '../../../env/scrub.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const shell = (script: string, timeoutMs = 10_000): Command => ({ command: 'sh', args: ['-c', script], timeoutMs });

function start(command: Command, parts: Partial<RunCommandOptions> = {}) {
  const lines: string[] = [];
  const ended = runCommand({
    title: 'The database synchronization of uat',
    command,
    variables: {},
    baseVariables: { PATH: process.env['PATH'] },
    signal: new AbortController().signal,
    onLine: (line) => lines.push(line),
    scrub: (text) => text,
    withhold: createWithholding(['env', 'PATH', 'REWIND_SERVER', 'ready', 'a b']),
    ...parts,
  });
  return { lines, ended };
}

/** Pids that a script has written into a file. */
const pidsIn = async (file: string) => (await readFile(join(folder, file), 'utf8')).trim().split('\n').map(Number);

/** A process that has ended may still be listed until somebody asks how. */
const isAlive = (pid: number): boolean => {
  const listed = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return listed !== '' && !listed.startsWith('Z');
};

test('a command › gives its output line by line, both streams', async () => {
  const { lines, ended } = start(shell('echo one; echo two >&2; echo; echo three'));
  await ended;
  expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
});

test('a command › that is missing names itself and the remedy', async () => {
  const { ended } = start({ command: '/opt/aos/stop', args: [], timeoutMs: 1000 });
  await expect(ended).rejects.toMatchObject({
    code: 'command-missing',
    message:
      'The database synchronization of uat cannot be started: there is no /opt/aos/stop on this worker’s machine',
    remedy: expect.stringContaining('environments.yaml'),
  });
});

test.skipIf(process.platform === 'win32')('a command › that may not be executed says so', async () => {
  const file = join(folder, 'not-executable');
  await writeFile(file, '#!/bin/sh\n', { mode: 0o600 });
  const { ended } = start({ command: file, args: [], timeoutMs: 1000 });
  await expect(ended).rejects.toMatchObject({ code: 'command-missing', message: expect.stringContaining('may not') });
});

test('a command › that fails names its exit code and its last lines, scrubbed', async () => {
  const { lines, ended } = start(shell('echo begun; echo "password=hunter22 for ann@fabrikam.example" >&2; exit 7'), {
    scrub: createScrub([]),
  });
  await expect(ended).rejects.toMatchObject({
    code: 'command-failed',
    message: expect.stringMatching(/ended with exit code 7[\s\S]*password=… for …@…/),
  });
  expect(lines.join()).not.toMatch(/hunter22|ann@/);
});

test('a command › that is killed names the signal', async () => {
  const { ended } = start(shell('kill -TERM $$'));
  await expect(ended).rejects.toMatchObject({ code: 'command-failed', message: expect.stringContaining('SIGTERM') });
});

test.skipIf(process.platform === 'win32')(
  'a command › that hangs is ended with everything it has started',
  async () => {
    const script = `sleep 100 & echo $! > ${folder}/pids; sh -c 'sleep 100' & echo $! >> ${folder}/pids; wait`;
    const { ended } = start(shell(script, 400));
    await expect(ended).rejects.toMatchObject({
      code: 'command-timeout',
      message: 'The database synchronization of uat did not end within 0.4 s and was ended',
    });
    const pids = await pidsIn('pids');
    expect(pids).toHaveLength(2);
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  },
);

test.skipIf(process.platform === 'win32')(
  'a command › that is aborted is ended with everything it has started',
  async () => {
    const abort = new AbortController();
    const { lines, ended } = start(shell(`sleep 100 & echo $! > ${folder}/pids; echo ready; wait`), {
      signal: abort.signal,
    });
    await vi.waitFor(() => expect(lines).toEqual(['ready']));
    abort.abort(new Error('a person stops it'));
    await expect(ended).rejects.toThrow('a person stops it');
    const pids = await pidsIn('pids');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  },
);

test('a command › does not start when it is aborted before', async () => {
  const { ended } = start(shell(`touch ${folder}/started`), { signal: AbortSignal.abort(new Error('too late')) });
  await expect(ended).rejects.toThrow('too late');
  await expect(readFile(join(folder, 'started'))).rejects.toThrow('ENOENT');
});

test.skipIf(process.platform === 'win32')(
  'a command › that leaves a service behind has ended, and the service lives',
  async () => {
    const { lines, ended } = start(shell(`sleep 30 & echo $! > ${folder}/pids; echo started`, 20_000));
    await ended;
    expect(lines).toEqual(['started']);
    const [pid = 0] = await pidsIn('pids');
    // Nobody has waited for it.
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  },
);

test('a command › gets its variables and what every program needs, none of ours', async () => {
  vi.stubEnv('REWIND_JOURNAL_URL', 'postgres://rewind:secret@db/rewind');
  const { lines, ended } = start(shell('env'), { variables: { REWIND_SERVER: 'uat-sql' } });
  await ended;
  const names = lines.map((line) => line.split('=')[0]);
  expect(names).toEqual(expect.arrayContaining(['PATH', 'REWIND_SERVER']));
  expect(lines.join()).not.toContain('secret');
  expect(names).not.toContain('REWIND_JOURNAL_URL');
});

const windowsVariables = { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] };

test.runIf(process.platform === 'win32').for([
  ['stop services.cmd', '@echo [%~1] [%~2]\r\n@exit /b 3\r\n', '& calc'],
  ['stop services.ps1', 'Write-Output "[$($args[0])] [$($args[1])]"; exit 3\r\n', '%PATH%'],
] as const)('%s on Windows › gets its arguments whole, and its exit code counts', async ([name, script, odd]) => {
  const command = { command: join(folder, name), args: ['a b', odd], timeoutMs: 60_000 };
  await writeFile(command.command, script);
  const { lines, ended } = start(command, { baseVariables: windowsVariables });
  await expect(ended).rejects.toMatchObject({ message: expect.stringContaining('exit code 3') });
  expect(lines).toEqual([`[a b] [${odd}]`]);
});

test.runIf(process.platform === 'win32')('a batch file that hangs › is ended with what it has started', async () => {
  const command = { command: join(folder, 'hang.cmd'), args: [], timeoutMs: 1000 };
  await writeFile(command.command, '@ping -n 100 127.0.0.1\r\n');
  const { ended } = start(command, { baseVariables: windowsVariables });
  await expect(ended).rejects.toMatchObject({ code: 'command-timeout' });
});

test.skipIf(process.platform === 'win32')(
  'a command › that is stopped may end by itself: it and what it has started are told to, and waited for',
  async () => {
    const abort = new AbortController();
    const cleaner = `trap "sleep 0.3; echo tidy >> ${folder}/done; exit 0" TERM; echo up; while :; do sleep 0.05; done`;
    await writeFile(join(folder, 'cleaner.sh'), cleaner);
    const { lines, ended } = start(shell(`sh ${folder}/cleaner.sh & exec sh ${folder}/cleaner.sh`), {
      signal: abort.signal,
    });
    await vi.waitFor(() => expect(lines).toEqual(['up', 'up']), { timeout: 10_000 });
    abort.abort(new Error('a person stops it'));
    await expect(ended).rejects.toThrow('a person stops it');
    expect(await readFile(join(folder, 'done'), 'utf8')).toBe('tidy\ntidy\n');
  },
);

test.skipIf(process.platform === 'win32')(
  'what a stopped command has started › is killed when it does not end, also where nobody waits for its output',
  async () => {
    const abort = new AbortController();
    const deaf = `trap "" TERM; echo $$ >> ${folder}/pids; while :; do sleep 0.05; done`;
    await writeFile(join(folder, 'deaf.sh'), deaf);
    const { ended } = start(shell(`sh ${folder}/deaf.sh > /dev/null 2>&1 & wait`), {
      ...{ signal: abort.signal, graceMs: 200 },
    });
    await vi.waitFor(async () => expect(await pidsIn('pids')).toHaveLength(1), { timeout: 10_000 });
    abort.abort(new Error('a person stops it'));
    await expect(ended).rejects.toThrow('a person stops it');
    const pids = await pidsIn('pids');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]));
  },
);
