import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { EncryptionRefusedError } from './errors.ts';

interface Place {
  readonly host: string;
  readonly port: number;
}

type Connector = (place: Place, lookup: unknown, signal: AbortSignal) => Promise<Socket>;

/**
 * Connects for the driver and hangs up on a server that will not encrypt. The driver itself goes on in the clear when the answer to
 * its PRELOGIN says so, and would send the login and its password to whoever gave that answer.
 */
export function encryptedOnly(title: string): () => Promise<Socket> {
  const connector: Connector = async ({ host, port }, _lookup, signal) => {
    const socket = connect({ host, port, noDelay: true });
    try {
      await once(socket, 'connect', { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    hangUpUnlessEncrypted(socket, title);
    return socket;
  };
  // tedious calls it with all three (connection.ts, connectOnPort); its types leave them out.
  return connector as unknown as () => Promise<Socket>;
}

/** The driver's own reader comes later, so what is destroyed here has sent nothing but the PRELOGIN. */
function hangUpUnlessEncrypted(socket: Socket, title: string): void {
  let answer: Buffer = Buffer.alloc(0);
  const read = (bytes: Buffer) => {
    answer = Buffer.concat([answer, bytes]);
    if (answer.length < HEADER || answer.length < answer.readUInt16BE(2)) return;
    socket.off('data', read);
    if (!willEncrypt(answer.subarray(HEADER))) socket.destroy(new EncryptionRefusedError(title));
  };
  socket.on('data', read);
}

const HEADER = 8;
/** Of the options of PRELOGIN (MS-TDS 2.2.6.5): token, offset and length each, up to a terminator. */
const ENCRYPTION = 1;
const TERMINATOR = 0xff;
const ON = 1;
const REQUIRED = 3;

function willEncrypt(options: Buffer): boolean {
  for (let at = 0; at + 5 <= options.length && options[at] !== TERMINATOR; at += 5) {
    if (options[at] !== ENCRYPTION) continue;
    const value = options[options.readUInt16BE(at + 1)];
    return value === ON || value === REQUIRED;
  }
  return false;
}
