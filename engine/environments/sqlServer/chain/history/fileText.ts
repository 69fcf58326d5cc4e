import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const pieceBytes = 1 << 20;

/** By its byte order mark, or by the zero byte beside its first character: JSON begins with one of ASCII. */
export async function findEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const [first, second] = buffer;
    if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
    return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
  } finally {
    await file.close();
  }
}

/** The bytes of a file in pieces, UTF-16 as UTF-8; those of a long history are never held as a whole. */
export async function* readPieces(path: string, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = encoding.startsWith('utf-16') ? new TextDecoder(encoding, { fatal: true }) : undefined;
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    // A stream without an encoding gives bytes.
    const bytes = piece as Buffer;
    yield decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
  if (decoder !== undefined) yield Buffer.from(decoder.decode());
}

/** The text is not UTF-8. */
export class NotUnicode extends Error {}

/** @throws NotUnicode */
export function decodeUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new NotUnicode('no UTF-8');
  return bytes.toString('utf8');
}

export const decodeWindows = (bytes: Buffer): string => new TextDecoder('windows-1252').decode(bytes);
