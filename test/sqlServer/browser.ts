import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface Instance {
  readonly name: string;
  readonly port: number;
}

/** The port that drivers ask; it cannot be chosen. */
const BROWSER_PORT = 1434;

/** SQL Server Browser on 127.0.0.1 (MC-SQLR 2.2.5): says on which port each instance listens. @throws EADDRINUSE */
export async function startBrowser(server: string, instances: readonly Instance[]): Promise<AsyncDisposable> {
  const socket = createSocket('udp4');
  socket.on('message', (request, { port, address }) => {
    // CLNT_UCAST_EX and CLNT_BCAST_EX ask for all instances.
    if (request[0] === 0x02 || request[0] === 0x03) socket.send(answer(server, instances), port, address);
  });
  socket.bind(BROWSER_PORT, '127.0.0.1');
  await once(socket, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function answer(server: string, instances: readonly Instance[]): Buffer {
  const text = instances
    .map(
      ({ name, port }) => `ServerName;${server};InstanceName;${name};IsClustered;No;Version;16.0.1000.6;tcp;${port};;`,
    )
    .join('');
  const head = Buffer.from([0x05, 0, 0]);
  head.writeUInt16LE(text.length, 1);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}
