import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createLendingSocket } from '../../../engine/databases/postgres/lendingSocket.ts';

test('a socket › gives its bytes to keep, and lends them only to whoever asks for that', async () => {
  const server = createServer((peer) => peer.on('data', (bytes) => peer.write(bytes)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = createLendingSocket();
  try {
    socket.connect(port, '127.0.0.1');
    const said = async (text: string): Promise<Buffer> => {
      const told = once(socket, 'data') as Promise<[Buffer]>;
      socket.write(text);
      return (await told)[0];
    };
    const kept = await said('first');
    socket.isLending = true;
    const [lent, again] = [await said('second'), await said('THIRD!')];
    socket.isLending = false;
    const last = await said('fourth');
    expect([kept, last].map(String)).toEqual(['first', 'fourth']);
    // The same bytes once more, in another object.
    expect([again.buffer === lent.buffer, again === lent]).toEqual([true, false]);
    expect([kept, last].map(({ buffer }) => buffer === lent.buffer)).toEqual([false, false]);
    const ended = once(socket, 'close');
    socket.end();
    await ended;
  } finally {
    socket.destroy();
    server.close();
  }
});
