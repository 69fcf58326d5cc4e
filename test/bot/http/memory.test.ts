import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createAuthority, type Authority } from '../../../demo/authority.ts';
import { isLongRun } from '../../longRun.ts';
import { TENANT } from '../builders.ts';

const PAYLOADS = isLongRun ? 20_000 : 4_000;
const AT_MOST_MEGABYTES = 100;
const CONNECTIONS = 50;

const botAppId = '11111111-2222-4333-8444-555555555555';
const serviceUrl = 'http://127.0.0.1:9/';
const urlSchema = z.object({ url: z.string() });
const memorySchema = z.object({ megabytes: z.number() });

let authority: Authority;
let bot: ChildProcess;
let url: string;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

beforeAll(async () => {
  authority = await createAuthority({ botAppId });
  const { scripts } = z
    .object({ scripts: z.object({ bot: z.string() }) })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')));
  bot = fork(join(import.meta.dirname, 'botProcess.ts'), [authority.url, botAppId], {
    execArgv: scripts.bot.split(' ').filter((word) => word.startsWith('--')),
  });
  ({ url } = urlSchema.parse((await once(bot, 'message'))[0]));
});

afterAll(async () => {
  agent.destroy();
  const ended = once(bot, 'exit');
  bot.disconnect();
  await Promise.all([ended, authority.close()]);
});

async function residentMegabytes(): Promise<number> {
  bot.send('how much?');
  return memorySchema.parse((await once(bot, 'message'))[0]).megabytes;
}

test(`${PAYLOADS.toLocaleString('en')} hostile payloads › cost the bot no more than ${AT_MOST_MEGABYTES} MB`, async ({
  annotate,
}) => {
  for (let n = 0; n < 20; n += 1) expect(await post(good(), anActivity({}))).toBe(200);
  const before = await residentMegabytes();
  const answers = new Map<number, number>();
  let sent = 0;
  const sender = async () => {
    while (sent < PAYLOADS) {
      const n = (sent += 1);
      const status = await post(
        TOKENS[n % TOKENS.length]?.(),
        BODIES[Math.floor(n / TOKENS.length) % BODIES.length] ?? '',
        n % 11 === 0,
      );
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const growth = (await residentMegabytes()) - before;
  await annotate(`${growth.toFixed(0)} MB`);
  expect([...answers.keys()].filter((status) => status >= 500)).toEqual([]);
  expect(growth).toBeLessThanOrEqual(AT_MOST_MEGABYTES);
});

function anActivity(more: object): string {
  return JSON.stringify({
    type: 'conversationUpdate',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:x', aadObjectId: 'x' },
    recipient: { id: '28:bot' },
    conversation: { id: 'c', tenantId: TENANT },
    ...more,
  });
}

/** As large as bodies may be, and what is costly to read, to walk through, or to tell about. */
const BODIES: readonly string[] = [
  anActivity({ text: 'x'.repeat(60_000) }),
  anActivity({ value: Array.from({ length: 29_000 }, () => 1) }),
  anActivity({ value: 0 }).replace('"value":0', `"value":${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  anActivity({ channelData: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n])) }),
  anActivity({ membersAdded: Array.from({ length: 10_000 }, () => 1) }),
  `{"type":"${'y'.repeat(60_000)}`,
  anActivity({ text: 'x'.repeat(70_000) }),
  anActivity({}),
];

let kept: string | undefined;
const good = () => (kept ??= `Bearer ${authority.sign(serviceUrl)}`);

function forged(issuer: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuer, aud: botAppId, serviceurl: serviceUrl, exp: 4_102_444_800 };
  return `Bearer ${part({ alg: 'RS256', kid: 'forged' })}.${part(claims)}.${'x'.repeat(342)}`;
}

/** Half of the payloads come with a good one: those cost most. */
const TOKENS: readonly (() => string | undefined)[] = [
  good,
  () => undefined,
  good,
  () => forged('https://sts.windows.net/x/'),
  good,
  () => forged('https://api.botframework.com'),
  good,
  () => good().replace(/.{40}$/, 'A'.repeat(40)),
];

function post(authorization: string | undefined, body: string, isPacked = false): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(authorization !== undefined && { authorization }),
    ...(isPacked && { 'content-encoding': 'gzip' }),
  };
  return new Promise((resolve) => {
    const asking = request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    // The door hangs up on what is too large while it is still being sent.
    asking.once('error', () => resolve(0));
    asking.end(body);
  });
}
