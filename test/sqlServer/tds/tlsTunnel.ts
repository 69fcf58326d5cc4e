import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket, type SecureContext } from 'node:tls';
import { packetType, toPackets } from './packets.ts';

/** TLS as TDS 7 speaks it: the handshake rides inside PRELOGIN packets, what follows goes over the socket as it is. */
export interface TlsTunnel {
  readonly stream: TLSSocket;
  /** Bytes of the client: what stood in its PRELOGIN packets until `isSecure`, then everything from the socket. */
  feed(bytes: Buffer): void;
  readonly isSecure: () => boolean;
}

export function openTlsTunnel(socket: Socket, secureContext: SecureContext): TlsTunnel {
  let isSecure = false;
  let isWrapped = true;
  let flight: Buffer[] = [];

  // A client waits for exactly one answer to each of its messages, so what one tick writes goes out as one message.
  const flush = () => {
    const bytes = Buffer.concat(flight);
    flight = [];
    if (bytes.length > 0) socket.write(toPackets(packetType.prelogin, bytes, 4096, true));
  };
  const tunnel = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      if (!isWrapped) {
        socket.write(chunk);
      } else {
        if (flight.length === 0) setImmediate(flush);
        flight.push(chunk);
      }
      done();
    },
    final(done) {
      socket.end();
      done();
    },
  });
  tunnel.on('error', () => socket.destroy());

  const stream = new TLSSocket(tunnel, { isServer: true, secureContext });
  stream.on('secure', () => {
    isSecure = true;
    // The server's last flight is written right after this event, and still goes out wrapped.
    setImmediate(() => {
      flush();
      isWrapped = false;
    });
  });
  stream.on('error', () => socket.destroy());
  socket.on('close', () => stream.destroy());
  return { stream, feed: (bytes) => void tunnel.push(bytes), isSecure: () => isSecure };
}
