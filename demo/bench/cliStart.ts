import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../engine/clock.ts';
import { commandVariables } from '../../env/variables.ts';
import { atMost, milliseconds, times, type Figure } from './figure.ts';
import { median } from './statistics.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const REWIND = join(PROJECT, 'cli', 'rewind.js');
const ROUNDS = 9;

/**
 * What a terminal waits for before anything happens: the help, and the first byte that a command says to the journal. In turns with a
 * Node that does nothing, because only their ratio says something about a busy machine.
 */
export async function cliStartFigures(): Promise<readonly Figure[]> {
  await using journal = await startListener();
  const variables = {
    ...commandVariables(),
    REWIND_JOURNAL_URL: `postgres://rewind:bench@127.0.0.1:${String(journal.port)}/rewind`,
    REWIND_REDIS_URL: 'redis://127.0.0.1:1',
    REWIND_ENVIRONMENTS: join(PROJECT, 'env', 'environments.example.yaml'),
    TEAMSFX_ENV: 'none',
  };
  // The command has no journal to talk to: it says so and ends.
  const toFirstByte = (...words: readonly string[]) =>
    measure([REWIND, ...words], variables, async () => (await journal.firstByte()).destroy());
  const [bare, help, status, approve]: [number[], number[], number[], number[]] = [[], [], [], []];
  // The first round fills the compile cache and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const taken = [
      await measure(['-e', '0'], variables),
      await measure([REWIND, '--help'], variables),
      await toFirstByte('status'),
      await toFirstByte('approve', 'R-1001'),
    ] as const;
    if (round > 0) [bare, help, status, approve].forEach((list, index) => list.push(taken[index] ?? Number.NaN));
  }
  const beside = (samples: readonly number[]) =>
    `${milliseconds(median(samples))}, ${times(median(samples) / median(bare))} bare`;
  return [
    { what: 'A Node that does nothing, start to end', value: milliseconds(median(bare)) },
    { what: '`rewind --help`, start to end', value: beside(help), goal: atMost(median(help), 350, '350 ms') },
    { what: '`rewind status` to its first query', value: beside(status), goal: atMost(median(status), 500, '500 ms') },
    {
      what: '`rewind approve` to its first query',
      value: beside(approve),
      goal: atMost(median(approve), 500, '500 ms'),
    },
  ];
}

/** Milliseconds from the start of a Node until `reached`, or until its end. */
async function measure(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  reached?: () => Promise<unknown>,
): Promise<number> {
  const startedAt = systemClock.elapsedMs();
  const child = spawn(process.execPath, [...args], { stdio: 'ignore', cwd: PROJECT, env });
  let isOver = false;
  const ended = once(child, 'exit').then(() => (isOver = true));
  await (reached === undefined ? ended : Promise.race([reached(), ended]));
  const took = systemClock.elapsedMs() - startedAt;
  if (reached !== undefined && isOver)
    throw new Error(`rewind ${args.slice(1).join(' ')} ended before its first query`);
  await ended;
  return took;
}

/** Stands where the journal would, and never answers. */
async function startListener() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A server that listens has an address with a port.
    port: (server.address() as AddressInfo).port,
    async firstByte(): Promise<Socket> {
      const socket = await new Promise<Socket>((resolve) => server.once('connection', resolve));
      socket.on('error', () => {});
      await once(socket, 'data');
      return socket;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}
