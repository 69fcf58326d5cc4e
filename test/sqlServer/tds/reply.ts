import type { SqlType, Value } from '../sql/types.ts';
import { packetType, toPackets } from './packets.ts';
import { collation, writeTypeInfo } from './typeInfo.ts';
import { writeValue } from './writeValue.ts';

export interface Column {
  readonly name: string;
  readonly type: SqlType;
}

/** What a server says about a statement: an error from severity 11 on, else information. */
export interface ServerMessage {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly message: string;
  readonly procedure?: string;
  readonly line?: number;
}

export type ReplyKind = 'batch' | 'rpc' | 'login' | 'transaction';

/** The tokens of one answer (MS-TDS 2.2.7), sent as far as they go with each `flush`. */
export interface Reply {
  columns(columns: readonly Column[]): void;
  row(columns: readonly Column[], values: readonly Value[]): void;
  message(message: ServerMessage): void;
  /** The end of one statement. */
  done(more?: { readonly rows?: number; readonly isError?: boolean }): void;
  changeDatabase(to: string, from: string): void;
  changeTransaction(kind: 'begin' | 'commit' | 'rollback', descriptor: bigint): void;
  returnValue(name: string, type: SqlType, value: Value): void;
  raw(token: Buffer): void;
  flush(): void;
  end(more?: { readonly returnStatus?: number; readonly wasCancelled?: boolean }): void;
}

const token = { done: 0xfd, doneProc: 0xfe, doneInProc: 0xff } as const;
const status = { more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;

export function createReply(
  kind: ReplyKind,
  serverName: string,
  packetSize: () => number,
  send: (bytes: Buffer) => void,
): Reply {
  let parts: Buffer[] = [];
  // Whether more follows is known only when it does.
  let pending: { readonly token: number; readonly flags: number; readonly rows: number } | undefined;

  const settle = (isMore: boolean) => {
    if (pending === undefined) return;
    const bytes = Buffer.alloc(13);
    bytes.writeUInt8(pending.token, 0);
    bytes.writeUInt16LE(pending.flags | (isMore ? status.more : 0), 1);
    bytes.writeBigUInt64LE(BigInt(pending.rows), 5);
    pending = undefined;
    parts.push(bytes);
  };
  const add = (bytes: Buffer) => {
    settle(true);
    parts.push(bytes);
  };
  const change = (type: number, to: Buffer, from: Buffer) => {
    add(withLength(0xe3, Buffer.concat([Buffer.from([type]), to, from])));
  };
  const sendParts = (isEnd: boolean) => {
    const bytes = Buffer.concat(parts);
    parts = [];
    if (bytes.length > 0 || isEnd) send(toPackets(packetType.reply, bytes, packetSize(), isEnd));
  };

  return {
    columns(columns) {
      const count = Buffer.alloc(3);
      count.writeUInt8(0x81, 0);
      count.writeUInt16LE(columns.length, 1);
      // Flags: nullable, updatable unknown.
      const head = Buffer.from([0, 0, 0, 0, 0x09, 0]);
      add(Buffer.concat([count, ...columns.flatMap(({ name, type }) => [head, writeTypeInfo(type), shortText(name)])]));
    },
    row(columns, values) {
      add(
        Buffer.concat([
          Buffer.from([0xd1]),
          ...columns.map(({ type }, index) => writeValue(type, values[index] ?? null)),
        ]),
      );
      if (parts.length > 500) sendParts(false);
    },
    message({ number, severity, state, message, procedure = '', line = 1 }) {
      const head = Buffer.alloc(6);
      head.writeInt32LE(number, 0);
      head.writeUInt8(state, 4);
      head.writeUInt8(severity, 5);
      const end = Buffer.alloc(4);
      end.writeUInt32LE(line);
      const text = Buffer.from(message, 'utf16le');
      const length = Buffer.alloc(2);
      length.writeUInt16LE(text.length / 2);
      const body = Buffer.concat([head, length, text, shortText(serverName), shortText(procedure), end]);
      add(withLength(severity > 10 ? 0xaa : 0xab, body));
    },
    done({ rows, isError = false } = {}) {
      settle(true);
      const flags = (rows === undefined ? 0 : status.count) | (isError ? status.error : 0);
      pending = { token: kind === 'rpc' ? token.doneInProc : token.done, flags, rows: rows ?? 0 };
    },
    changeDatabase: (to, from) => change(1, shortText(to), shortText(from)),
    changeTransaction(kind, descriptor) {
      const bytes = Buffer.alloc(9);
      bytes.writeUInt8(8, 0);
      bytes.writeBigUInt64LE(descriptor, 1);
      const none = Buffer.from([0]);
      if (kind === 'begin') change(8, bytes, none);
      else change(kind === 'commit' ? 9 : 10, none, bytes);
    },
    returnValue(name, type, value) {
      const head = Buffer.concat([Buffer.from([0xac, 0, 0]), shortText(name), Buffer.from([1, 0, 0, 0, 0, 0x09, 0])]);
      add(Buffer.concat([head, writeTypeInfo(type), writeValue(type, value)]));
    },
    raw: add,
    flush: () => sendParts(false),
    end({ returnStatus = 0, wasCancelled = false } = {}) {
      if (wasCancelled) {
        settle(true);
        pending = { token: token.done, flags: status.attention, rows: 0 };
      } else if (kind === 'rpc') {
        const bytes = Buffer.alloc(5);
        bytes.writeUInt8(0x79, 0);
        bytes.writeInt32LE(returnStatus, 1);
        add(bytes);
        pending = { token: token.doneProc, flags: 0, rows: 0 };
      }
      pending ??= { token: token.done, flags: 0, rows: 0 };
      settle(false);
      sendParts(true);
    },
  };
}

/** LOGINACK: the interface, the version of the protocol and of the server. */
export function loginAcknowledgement(
  tdsVersion: number,
  [major, minor, build]: readonly [number, number, number],
): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(tdsVersion);
  const name = shortText('Microsoft SQL Server');
  const program = Buffer.from([major, minor, build >> 8, build & 0xff]);
  return withLength(0xad, Buffer.concat([Buffer.from([1]), version, name, program]));
}

export function packetSizeChange(to: number, from: number): Buffer {
  return withLength(0xe3, Buffer.concat([Buffer.from([4]), shortText(String(to)), shortText(String(from))]));
}

export function collationChange(): Buffer {
  return withLength(0xe3, Buffer.concat([Buffer.from([7, collation.length]), collation, Buffer.from([0])]));
}

export function sessionWasReset(): Buffer {
  return withLength(0xe3, Buffer.from([18, 0, 0]));
}

function withLength(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(kind, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** At most 255 characters. */
function shortText(text: string): Buffer {
  const cut = text.slice(0, 255);
  return Buffer.concat([Buffer.from([cut.length]), Buffer.from(cut, 'utf16le')]);
}
