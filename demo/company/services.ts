import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../engine/clock.ts';
import { identify } from '../supervisor/processIdentity.ts';

const SETTINGS_FILE = 'services.json';
const PROCESS_FILE = 'services.process.json';

/** A sandbox's application services in small: `node demo/company/services.ts start|stop|health <folder of the environment>`. */
export interface ServiceSettings {
  readonly environment: string;
  readonly port: number;
  readonly databaseUrl: string;
}

export async function writeServiceSettings(folder: string, settings: ServiceSettings): Promise<void> {
  await writeFile(join(folder, SETTINGS_FILE), JSON.stringify(settings), { mode: 0o600 });
}

/** Starts them as a process of its own that outlives the caller; returns once it answers, healthy or not yet. */
export async function startServices(folder: string): Promise<void> {
  if (runningService(folder) === undefined) await launch(folder);
  for (let waits = 0; waits < 200 && runningService(folder) !== undefined; waits += 1) {
    if ((await health(folder)) !== undefined) return;
    await systemClock.sleep(50);
  }
  throw new Error(`The services in ${folder} do not start: see ${join(folder, 'services.log')}`);
}

async function launch(folder: string): Promise<void> {
  const log = openSync(join(folder, 'services.log'), 'a');
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [script, 'serve', resolve(folder)], {
    cwd: dirname(script),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const { pid = 0 } = child;
  await writeFile(join(folder, PROCESS_FILE), JSON.stringify({ pid, identity: identify(pid) }));
}

/** Stops them and waits for their end; does nothing when they are not running. */
export async function stopServices(folder: string): Promise<void> {
  for (let waits = 0; ; waits += 1) {
    const pid = runningService(folder);
    if (pid === undefined) return rm(join(folder, PROCESS_FILE), { force: true });
    if (waits % 100 === 0) process.kill(pid, waits === 0 ? 'SIGTERM' : 'SIGKILL');
    await systemClock.sleep(50);
  }
}

/** What `/health` says, undefined when nobody answers. */
export async function health(
  folder: string,
): Promise<{ readonly isHealthy: boolean; readonly text: string } | undefined> {
  const { port } = settingsOf(folder);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) });
    return { isHealthy: response.ok, text: await response.text() };
  } catch {
    return undefined;
  }
}

function settingsOf(folder: string): ServiceSettings {
  // Written by writeServiceSettings.
  return JSON.parse(readFileSync(join(folder, SETTINGS_FILE), 'utf8')) as ServiceSettings;
}

/** The recorded process, while it lives: a reused pid is another process. */
function runningService(folder: string): number | undefined {
  try {
    // Written by startServices.
    const record = JSON.parse(readFileSync(join(folder, PROCESS_FILE), 'utf8')) as { pid: number; identity: string };
    return identify(record.pid) === record.identity ? record.pid : undefined;
  } catch {
    return undefined;
  }
}

async function serve(folder: string): Promise<void> {
  const { environment, port, databaseUrl } = settingsOf(folder);
  // Only here: commands that start and stop should not wait for database drivers to load.
  const { openDatabase } = await import('./dialects/openDatabase.ts');
  const database = openDatabase(databaseUrl);
  let state = 'connecting';
  const beat = () => database.run(database.dialect.beat);
  const server = createServer((_request, response) => {
    response.writeHead(state === 'healthy' ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ environment, pid: process.pid, state }));
  }).listen(port, '127.0.0.1');
  const ending = new AbortController();
  process.once('SIGTERM', () => ending.abort());
  while (!ending.signal.aborted) {
    // A database that was swapped away ends its connections; the next beat opens new ones.
    const beats = await Promise.allSettled([beat(), beat(), beat()]);
    state = beats.every(({ status }) => status === 'fulfilled') ? 'healthy' : 'connecting';
    await systemClock.sleep(state === 'healthy' ? 500 : 100, ending.signal).catch(() => undefined);
  }
  server.close();
  server.closeAllConnections();
  await Promise.all([once(server, 'close'), database[Symbol.asyncDispose]()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, folder = ''] = process.argv.slice(2);
  if (command === 'serve') await serve(folder);
  else if (command === 'start') await startServices(folder);
  else if (command === 'stop') await stopServices(folder);
  else if (command === 'health') {
    const answer = await health(folder);
    console.log(answer?.text ?? 'nobody answers');
    process.exitCode = answer?.isHealthy === true ? 0 : 1;
  } else throw new Error('Usage: services.ts start|stop|health <folder of the environment>');
}
