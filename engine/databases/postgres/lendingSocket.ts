import { Socket } from 'node:net';

/** A socket that reads into the same bytes again and again, and lends them to whoever is told of `data`. */
export interface LendingSocket extends Socket {
  /** Whoever takes the bytes gives them back on returning. Otherwise they are told as a copy, to keep. */
  isLending: boolean;
}

/** Beyond what the server sends at once; of it only so much is ever touched. */
const READ_AT_ONCE = 262_144;

/**
 * By itself the runtime takes 64 kB anew for each read, of which the server fills eight: for what is read by the gigabyte, making and
 * clearing away these costs more than looking at the bytes.
 */
export function createLendingSocket(): LendingSocket {
  const socket: LendingSocket = Object.assign(
    new Socket({
      onread: {
        buffer: Buffer.alloc(READ_AT_ONCE),
        callback(length, buffer) {
          const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, length);
          socket.emit('data', socket.isLending ? bytes : Buffer.from(bytes));
          return true;
        },
      },
    }),
    { isLending: false },
  );
  return socket;
}

export const mayLend = (stream: object): stream is LendingSocket => 'isLending' in stream;
