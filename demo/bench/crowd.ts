import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { systemClock } from '../../engine/clock.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';
import { TENANT_ID } from '../people.ts';
import type { Demo } from '../startDemo.ts';
import { atMost, milliseconds, type Figure } from './figure.ts';
import { percentile } from './statistics.ts';

const CONVERSATIONS = 50;
export const CROWDS = 10;
/** Nobody has spoken to the bot before. */
const BEFORE = 2;
/** Longer than any window in which Teams counts what an app sends. */
const BETWEEN_MS = 2_000;

/** Fifty people type at the same moment, each in a conversation of their own, again and again: from there to each one's card. */
export async function crowdFigures({ botUrl, botAppId }: Demo): Promise<readonly Figure[]> {
  const answered = new Map<string, () => void>();
  const server = createServer((request, response) => {
    const conversation = /\/conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1];
    request.resume().once('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: randomUUID() }));
      answered.get(decodeURIComponent(conversation ?? ''))?.();
    });
  });
  const serviceUrl = await listenOnLoopback(server);
  const ask = async (crowd: number, n: number): Promise<number> => {
    const id = `a:crowd-${String(crowd)}-${String(n)}`;
    const card = new Promise<number>((resolve) =>
      answered.set(id, () => {
        resolve(systemClock.elapsedMs());
      }),
    );
    const typedAt = systemClock.elapsedMs();
    const { status } = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ type: 'message', id: randomUUID(), channelId: 'msteams', serviceUrl, text: '/status' },
        from: { id: `29:${id}`, name: 'Somebody', aadObjectId: randomUUID() },
        recipient: { id: `28:${botAppId}`, name: 'Rewind' },
        conversation: { id, conversationType: 'personal', tenantId: TENANT_ID },
      }),
    });
    if (status !== 200) throw new Error(`“/status” was met with ${String(status)}`);
    return (await card) - typedAt;
  };
  const times: number[] = [];
  for (let crowd = 0; crowd < BEFORE + CROWDS; crowd += 1) {
    const taken = await Promise.all(Array.from({ length: CONVERSATIONS }, (_, n) => ask(crowd, n)));
    if (crowd >= BEFORE) times.push(...taken);
    await systemClock.sleep(BETWEEN_MS);
  }
  await closeServer(server);
  const p95 = percentile(times, 0.95);
  return [
    {
      what: `First reply with ${String(CONVERSATIONS)} conversations at once, p95`,
      value: milliseconds(p95),
      goal: atMost(p95, 300, '300 ms'),
    },
  ];
}
