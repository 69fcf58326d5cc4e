import { once } from 'node:events';
import { createServer as plainServer } from 'node:http';
import { createServer as socketServer, type AddressInfo, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { postWebhook } from '../../../bot/webhooks/post.ts';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test.each([
  'https://169.254.169.254/metadata',
  'https://168.63.129.16/',
  'https://[fe80::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://0.0.0.0/',
  'http://10.0.0.8/hooks',
])('a webhook › is not sent to %s', async (url) => {
  expect(await postWebhook(new URL(url), '{}', {})).toEqual({ taken: false, why: 'unsafe' });
});

test('a webhook › reaches this machine by its own name, over plain http', async () => {
  const heard: (string | undefined)[] = [];
  const port = await listening(
    plainServer((request, response) => {
      heard.push(request.headers['content-type']);
      response.writeHead(202);
      response.end('x'.repeat(10_000_000));
    }),
  );
  for (const host of ['localhost', '127.0.0.1'])
    expect(await postWebhook(new URL(`http://${host}:${String(port)}/`), '{"a":1}', {})).toEqual({ taken: true });
  expect(heard).toEqual(['application/json', 'application/json']);
});

test('a receiver › that says nothing, or is not there, is told from one that says no', async () => {
  const silent = await listening(socketServer());
  expect(await postWebhook(new URL(`http://127.0.0.1:${String(silent)}/`), '{}', {}, 300)).toEqual({
    ...{ taken: false, why: 'no-answer' },
  });
  expect(await postWebhook(new URL('http://127.0.0.1:1/'), '{}', {})).toEqual({ taken: false, why: 'unreachable' });
  // Nobody there speaks TLS.
  const port = await listening(plainServer((_, response) => response.end()));
  expect(await postWebhook(new URL(`https://127.0.0.1:${String(port)}/`), '{}', {})).toMatchObject({ taken: false });
});

test('a receiver › that wants to speak another protocol has taken nothing, and holds nobody up', async () => {
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
  const port = await listening(socketServer((socket) => void socket.once('data', () => socket.end(upgrade))));
  const asked = postWebhook(new URL(`http://127.0.0.1:${String(port)}/`), '{}', {}, 300);
  expect(await asked).toMatchObject({ taken: false });
});
