import { readFileSync } from 'node:fs';

/**
 * The text of a file that people write: UTF-8, or UTF-16 as PowerShell writes it with `>` and Out-File; without its byte order mark.
 * @throws TypeError when the bytes are neither
 */
export function readText(file: string): string {
  const bytes = readFileSync(file);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : isBigEndian(bytes) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

const isBigEndian = (bytes: Buffer) => bytes[0] === 0xfe && bytes[1] === 0xff;
