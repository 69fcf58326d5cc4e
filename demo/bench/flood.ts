import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../../engine/clock.ts';
import { JONAS, TENANT_ID } from '../people.ts';
import { freePort } from '../supervisor/freePort.ts';
import type { Demo } from '../startDemo.ts';
import { atMost, milliseconds, type Figure } from './figure.ts';
import { percentile } from './statistics.ts';

export const FORGED = 50_000;
const CONNECTIONS = 50;
const GOOD_EVERY_MS = 50;
const SERVICE_URL = 'http://127.0.0.1:9/';

/** Forged requests to the demo's bot in its own process, with good ones in between, and to a bare server before that. */
export async function floodFigures(demo: Demo): Promise<readonly Figure[]> {
  const { supervisor } = demo;
  const port = await freePort();
  await supervisor.start({
    name: 'bare-server',
    command: process.execPath,
    args: [
      '--max-semi-space-size=8',
      '--max-old-space-size=384',
      join(import.meta.dirname, 'bareServer.ts'),
      String(port),
    ],
    ready: { tcp: port },
  });
  const bare = await growthOf('bare-server', demo, `http://127.0.0.1:${String(port)}`);
  await supervisor.stop('bare-server');

  const ended = new AbortController();
  const asking = askAgainAndAgain(demo, ended.signal);
  const growth = await growthOf('bot', demo, demo.doorUrl);
  ended.abort();
  const p99 = percentile(await asking, 0.99);
  return [
    {
      what: `The bot’s growth under ${FORGED.toLocaleString('en')} forged requests`,
      value: `${growth.toFixed(0)} MB; a bare server’s: ${bare.toFixed(0)} MB`,
      goal: { text: '≤ the bare server’s + 20 MB', isMet: growth <= bare + 20 },
    },
    { what: 'A good request meanwhile, p99', value: milliseconds(p99), goal: atMost(p99, 100, '100 ms') },
  ];
}

/** Megabytes of resident memory that a process has gained by the flood. */
async function growthOf(name: string, { supervisor, botAppId }: Demo, url: string): Promise<number> {
  const pid = supervisor.pid(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  const before = residentMegabytes(pid);
  await flood(url, forgeriesFor(botAppId));
  if (supervisor.pid(name) !== pid) throw new Error(`${name} did not survive the flood`);
  return residentMegabytes(pid) - before;
}

function residentMegabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

/** Values of `Authorization`: the last one is refused by its signature alone. */
function forgeriesFor(botAppId: string): readonly (string | undefined)[] {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (iss: string) => {
    const claims = { iss, aud: botAppId, serviceurl: SERVICE_URL, exp: 4_102_444_800 };
    return `Bearer ${part({ alg: 'RS256', typ: 'JWT', kid: 'forged' })}.${part(claims)}.${'x'.repeat(342)}`;
  };
  return [undefined, 'Bearer garbage', token('https://sts.windows.net/x/'), token('https://api.botframework.com')];
}

async function flood(url: string, forgeries: readonly (string | undefined)[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const body = JSON.stringify(anActivity({ text: 'x'.repeat(600) }));
  let sent = 0;
  const sender = async () => {
    while (sent < FORGED) {
      const authorization = forgeries[sent % forgeries.length];
      sent += 1;
      const status = await post(`${url}/api/messages`, { agent, body, ...(authorization && { authorization }) });
      if (status !== 401 && status !== 429) throw new Error(`A forged request was answered with ${String(status)}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  agent.destroy();
}

/** @returns milliseconds of each good request until `ended` */
async function askAgainAndAgain({ botUrl }: Demo, ended: AbortSignal): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  while (!ended.aborted) {
    const askedAt = systemClock.elapsedMs();
    const status = await post(`${botUrl}/api/messages`, { agent, body: JSON.stringify(anActivity({})) });
    if (status !== 200) throw new Error(`A good request was answered with ${String(status)}`);
    times.push(systemClock.elapsedMs() - askedAt);
    await systemClock.sleep(GOOD_EVERY_MS);
  }
  agent.destroy();
  return times;
}

/** News that asks for no answer: what is measured is the door. */
function anActivity(more: object): object {
  return {
    type: 'conversationUpdate',
    id: 'flood',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: '29:flood', aadObjectId: JONAS.aadObjectId },
    recipient: { id: '28:bot' },
    conversation: { id: 'flood', tenantId: TENANT_ID },
    ...more,
  };
}

function post(
  url: string,
  { agent, body, authorization }: { readonly agent: Agent; readonly body: string; readonly authorization?: string },
): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(authorization && { authorization }),
  };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
