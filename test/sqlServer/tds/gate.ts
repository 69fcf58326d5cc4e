import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { serveConnection, type Backend } from './connection.ts';

/** Where connections arrive: TDS 7 encrypts behind its PRELOGIN, TDS 8.0 before anything else; a server of 2022 takes both on one port. */
export interface Gate {
  admit(socket: Socket): void;
  /** Shows this certificate to whoever connects from now on. */
  show(certificate: Certificate): void;
}

/** Without a certificate it does not encrypt. */
export function createGate(backend: Backend, certificate: Certificate | undefined): Gate {
  let contexts = certificate && contextsOf(certificate);
  return {
    show(renewed) {
      contexts = contextsOf(renewed);
    },
    admit(socket) {
      socket.once('error', () => socket.destroy());
      socket.once('data', (first: Buffer) => {
        const isStrict = first[0] === HANDSHAKE;
        if (isStrict && contexts && backend.version[0] >= KNOWS_TDS_8)
          admitStrict(socket, first, backend, contexts.strict);
        else if (isStrict) socket.destroy();
        else {
          serveConnection(socket, backend, contexts?.behindPrelogin);
          socket.emit('data', first);
        }
      });
    },
  };
}

const HANDSHAKE = 0x16;
/** SQL Server 2022. */
const KNOWS_TDS_8 = 16;

function admitStrict(socket: Socket, first: Buffer, backend: Backend, secureContext: SecureContext): void {
  // TLS that takes a socket over by itself would miss the bytes that have been read.
  const carrier = new Duplex({
    read() {},
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, () => done()),
    final: (done) => void socket.end(done),
  });
  const stream = new TLSSocket(carrier, { isServer: true, secureContext, ALPNProtocols: ['tds/8.0'] });
  const end = () => {
    stream.destroy();
    socket.destroy();
  };
  stream.on('error', end);
  stream.on('close', end);
  socket.on('data', (bytes: Buffer) => void carrier.push(bytes));
  socket.on('close', end);
  stream.once('secure', () => {
    if (stream.alpnProtocol === 'tds/8.0') serveConnection(stream, backend, undefined, true);
    else end();
  });
  carrier.push(first);
}

/** SSL_OP_NO_TICKET. */
const noTickets = 0x4000;

function contextsOf(certificate: Certificate) {
  return {
    // TDS 7 carries the handshake in packets of its own, which only works up to TLS 1.2; a resumed session would turn its flights round.
    behindPrelogin: createSecureContext({
      ...certificate,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      secureOptions: noTickets,
    }),
    strict: createSecureContext({ ...certificate, minVersion: 'TLSv1.2' }),
  };
}
