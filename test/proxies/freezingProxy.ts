import { connect, createServer, type Socket } from 'node:net';

export interface FreezingProxy extends AsyncDisposable {
  readonly url: string;
  /**
   * From now on nothing gets through, either way: connections stay open and new ones are taken, and nobody answers.
   * As behind a firewall that has forgotten a connection, or a machine that is paused.
   */
  freeze(): void;
  /** New connections get through again; what was silent stays silent. */
  thaw(): void;
}

/** Stands between somebody and a server, and passes everything on until it is frozen. */
export async function startFreezingProxy(url: string): Promise<FreezingProxy> {
  const server = new URL(url);
  const sockets = new Set<Socket>();
  const silencers = new Set<() => void>();
  let isFrozen = false;
  const proxy = createServer((client) => {
    sockets.add(client.setNoDelay(true).on('error', () => {}));
    let isSilent = isFrozen;
    silencers.add(() => (isSilent = true));
    // Read and thrown away: what is sent must seem to have arrived.
    if (isSilent) return void client.resume();
    const upstream = connect(Number(server.port), server.hostname);
    sockets.add(upstream.setNoDelay(true).on('error', () => {}));
    client.on('data', (message) => void (isSilent || upstream.write(message)));
    upstream.on('data', (answer) => void (isSilent || client.write(answer)));
    upstream.on('close', () => void (isSilent || client.destroy()));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    freeze() {
      isFrozen = true;
      for (const silence of silencers) silence();
    },
    thaw: () => void (isFrozen = false),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
