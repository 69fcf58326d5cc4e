import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly url: string;
  /** Messages that went to the server so far. */
  sent(): number;
}

/**
 * Stands between the journal and its server and cuts every connection at the n-th message to the server:
 * `before` it gets there, or `after` the server has answered, and the answer is lost.
 */
export async function startCuttingProxy(
  url: string,
  cut?: { readonly at: number; readonly when: 'before' | 'after' },
): Promise<CuttingProxy> {
  const server = new URL(url);
  const sockets = new Set<Socket>();
  let sent = 0;
  const proxy = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', () => {});
    }
    upstream.on('data', (answer) => {
      if (cut?.when === 'after' && sent >= cut.at) client.destroy();
      else client.write(answer);
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.end());
    client.on('data', (message) => {
      sent += 1;
      if (sent === cut?.at && cut.when === 'before') upstream.destroy();
      else upstream.write(message);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    sent: () => sent,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
