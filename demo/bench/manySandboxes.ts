import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../engine/clock.ts';
import { commandVariables } from '../../env/variables.ts';
import type { Demo } from '../startDemo.ts';
import type { Figure } from './figure.ts';

const MANY = 30;
/** For what a start brings along: code, first surveys. */
const SETTLING_MS = 20_000;
/** A round of everything that a worker does by itself, the surveys of every sandbox among it. */
const WATCHED_MS = 60_000;

/** Of a process, at one instant. */
export interface Usage {
  /** Since its start. */
  readonly cpuMs: number;
  readonly residentMegabytes: number;
  /** To the journal, to Redis, to servers of databases. */
  readonly connections: number;
}

/** What a worker costs that serves many sandboxes of which none is refreshed, beside one that serves one. */
export async function manySandboxesFigures(demo: Demo): Promise<readonly Figure[]> {
  const [many, one] = await Promise.all([watchIdle(demo, MANY), watchIdle(demo, 1)]);
  const what = (of: string) => `${String(MANY)} sandboxes on one idle worker: ${of}`;
  return [
    { what: what('connections'), value: `${String(many.connections)}; with one sandbox: ${String(one.connections)}` },
    {
      what: what('memory'),
      value: `${many.residentMegabytes.toFixed(0)} MB; with one sandbox: ${one.residentMegabytes.toFixed(0)} MB`,
    },
    {
      what: what('CPU'),
      value: `${percent(many.cpuMs)} of a core; with one sandbox: ${percent(one.cpuMs)}`,
    },
  ];
}

const percent = (cpuMs: number) => `${((100 * cpuMs) / WATCHED_MS).toFixed(1)} %`;

/** @returns `cpuMs`: while it was watched */
async function watchIdle({ variables }: Demo, sandboxes: number): Promise<Usage> {
  const file = join(dirname(variables['REWIND_ENVIRONMENTS'] ?? ''), `environments-of-${String(sandboxes)}.yaml`);
  writeFileSync(file, installationOf(readFileSync(variables['REWIND_ENVIRONMENTS'] ?? '', 'utf8'), sandboxes));
  const worker = fork('queue/main.ts', {
    cwd: join(import.meta.dirname, '..', '..'),
    execArgv: ['--import', join(import.meta.dirname, 'reportUsage.ts')],
    env: {
      ...commandVariables(),
      ...variables,
      REWIND_ENVIRONMENTS: file,
      REWIND_QUEUE_PREFIX: `bench-${String(sandboxes)}`,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(worker, 'exit');
  const usage = async (): Promise<Usage> => {
    worker.send('usage');
    const [answer] = (await once(worker, 'message')) as [Usage];
    return answer;
  };
  try {
    if (worker.stdout === null) throw new Error('A worker without a log cannot be waited for');
    await ready(worker.stdout, ended);
    await systemClock.sleep(SETTLING_MS);
    const before = await usage();
    await systemClock.sleep(WATCHED_MS);
    const after = await usage();
    return { ...after, cpuMs: after.cpuMs - before.cpuMs };
  } finally {
    worker.kill();
    await ended;
  }
}

/** The same sandbox under many names: to a worker, a name is a sandbox. */
function installationOf(yaml: string, sandboxes: number): string {
  // The demo has written it and its worker has read it.
  const document = parse(yaml) as { readonly sandboxes: { readonly uat: object } };
  const named = Array.from({ length: sandboxes }, (_, n) => [`bench-${String(n + 1)}`, document.sandboxes.uat]);
  return stringify({ ...document, sandboxes: Object.fromEntries(named) as object }, { aliasDuplicateObjects: false });
}

async function ready(log: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  const lines = createInterface(log);
  const found = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('worker-ready')) resolve();
    });
  });
  const never = ended.then(() => {
    throw new Error('The worker that was to be measured has ended');
  });
  await Promise.race([found, never]);
  // Ended on purpose later.
  never.catch(() => {});
}
