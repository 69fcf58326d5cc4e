/** The kinds of TDS packet that travel between a client and this test double (MS-TDS 2.2.3.1.1). */
export const packetType = {
  batch: 0x01,
  rpc: 0x03,
  reply: 0x04,
  attention: 0x06,
  fedAuth: 0x08,
  transaction: 0x0e,
  login7: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

export interface Message {
  readonly type: number;
  /** The client asked for a session as new (sp_reset_connection). */
  readonly isReset: boolean;
  readonly data: Buffer;
}

const headerLength = 8;
const endOfMessage = 0x01;
const resetConnection = 0x18;

/** Puts packets together to messages, in whatever pieces the bytes arrive. */
export function assembleMessages(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let isReset = false;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= headerLength) {
      const length = rest.readUInt16BE(2);
      if (length < headerLength) throw new RangeError(`A TDS packet of ${length} bytes is shorter than its header`);
      if (rest.length < length) return;
      const type = rest.readUInt8(0);
      const status = rest.readUInt8(1);
      parts.push(rest.subarray(headerLength, length));
      rest = rest.subarray(length);
      isReset ||= (status & resetConnection) !== 0;
      if ((status & endOfMessage) === 0) continue;
      const message = { type, isReset, data: Buffer.concat(parts) };
      parts = [];
      isReset = false;
      onMessage(message);
    }
  };
}

/** Cuts `data` into packets; only the last of a message is marked as its end. */
export function toPackets(type: number, data: Buffer, packetSize: number, isEnd: boolean): Buffer {
  const room = packetSize - headerLength;
  const packets: Buffer[] = [];
  for (let from = 0; from === 0 || from < data.length; from += room) {
    const body = data.subarray(from, from + room);
    const header = Buffer.alloc(headerLength);
    header.writeUInt8(type, 0);
    header.writeUInt8(isEnd && from + room >= data.length ? endOfMessage : 0, 1);
    header.writeUInt16BE(headerLength + body.length, 2);
    header.writeUInt8((packets.length + 1) & 0xff, 6);
    packets.push(header, body);
  }
  return Buffer.concat(packets);
}
