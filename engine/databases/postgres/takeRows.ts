import type { Duplex } from 'node:stream';
import { mayLend } from './lendingSocket.ts';

/** One byte that says what the message is, and four for its length, which count themselves. */
const HEAD = 5;
const [COPY_DATA, READY_FOR_QUERY] = [0x64, 0x5a];

/**
 * Until the statement that is about to be sent has ended, rows of COPY are taken from the socket as they lie there; all else goes on to
 * the driver, which makes objects of every message: for millions of short rows they cost more than the rows.
 */
export function takeRows(stream: Duplex, row: (bytes: Buffer, from: number, to: number) => void): void {
  const drivers = stream.listeners('data');
  const lend = (isLending: boolean) => {
    if (mayLend(stream)) stream.isLending = isLending;
  };
  // The driver keeps what it is given.
  const toDriver = (lent: Buffer) => {
    const bytes = Buffer.from(lent);
    for (const each of drivers) each.call(stream, bytes);
  };
  /** Of a message that the socket has cut: what is there of it, and how long it is as far as that is known. */
  let begun: Buffer[] = [];
  let has = 0;
  let needs = HEAD;

  /** @returns where in the chunk the message ends, or begins whose end is in none yet */
  function complete(chunk: Buffer): number {
    let at = 0;
    while (has < needs && at < chunk.length) {
      const part = Buffer.from(chunk.subarray(at, at + needs - has));
      begun.push(part);
      has += part.length;
      at += part.length;
      if (has === HEAD && needs === HEAD) needs = lengthAt(Buffer.concat(begun), 0);
    }
    return at;
  }

  function read(chunk: Buffer): void {
    let at = 0;
    if (has > 0) {
      at = complete(chunk);
      if (has < needs) return;
      const bytes = Buffer.concat(begun);
      [begun, has, needs] = [[], 0, HEAD];
      if (!pass(bytes, 0, bytes.length)) return leave(bytes, chunk.subarray(at));
    }
    while (at + HEAD <= chunk.length) {
      const end = at + lengthAt(chunk, at);
      if (end > chunk.length) break;
      if (!pass(chunk, at, end)) return leave(chunk.subarray(at));
      at = end;
    }
    if (at < chunk.length) complete(chunk.subarray(at));
  }

  /** @returns whether the statement goes on */
  function pass(bytes: Buffer, from: number, to: number): boolean {
    if (bytes[from] === COPY_DATA) row(bytes, from + HEAD, to);
    else if (bytes[from] === READY_FOR_QUERY) return false;
    else toDriver(bytes.subarray(from, to));
    return true;
  }

  // The driver sends its next statement while it is told: then its own listeners are back.
  function leave(...rest: readonly Buffer[]): void {
    for (const each of drivers) stream.on('data', each as (bytes: Buffer) => void);
    stream.off('data', read);
    lend(false);
    rest.forEach(toDriver);
  }

  lend(true);
  stream.on('data', read);
  for (const each of drivers) stream.off('data', each as (bytes: Buffer) => void);
}

const lengthAt = (bytes: Buffer, at: number): number => 1 + bytes.readUInt32BE(at + 1);
