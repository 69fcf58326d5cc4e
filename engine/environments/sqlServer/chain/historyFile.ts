import { createReadStream } from 'node:fs';
import { whyUnreadable } from '../../../errors.ts';
import { readBackupHistory } from './backupHistory.ts';
import type { DatabaseHistory } from './backupSet.ts';
import { BackupHistoryUnusableError } from './errors.ts';

/**
 * Reads an exported history (docs/plan-from-history.md) row by row: the text of a long history is never held as a whole.
 * UTF-8, or UTF-16 with its byte order mark, as Windows tools write it.
 * @throws BackupHistoryUnusableError
 */
export async function readBackupHistoryFile(path: string): Promise<readonly DatabaseHistory[]> {
  const reader = readBackupHistory();
  try {
    for await (const row of splitJsonArray(decode(createReadStream(path)))) reader.add(parse(row));
  } catch (error) {
    if (error instanceof BackupHistoryUnusableError) throw error;
    throw new BackupHistoryUnusableError(`${path} ${whyUnreadable(error)}`, error);
  }
  return reader.databases();
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch (error) {
    throw new BackupHistoryUnusableError('one of its rows is no JSON', error);
  }
}

async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

const quote = 0x22;
const backslash = 0x5c;
const openings = new Set([0x7b, 0x5b]);
const closings = new Set([0x7d, 0x5d]);

/** The text of each object of one JSON array. What stands inside an object is left to whoever parses it. */
export async function* splitJsonArray(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let text = '';
  let at = 0;
  let start = 0;
  let depth = 0;
  let rows = 0;
  let inString = false;
  let ended = false;
  const expectBetween = (pattern: RegExp) => {
    if (ended || !pattern.test(text.slice(start, at))) throw notAnArray();
  };

  for await (const chunk of chunks) {
    text += chunk;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (code === backslash) at += 1;
        else if (code === quote) inString = false;
      } else if (code === quote) {
        inString = true;
      } else if (openings.has(code)) {
        if (depth === 0) expectBetween(/^\s*$/);
        if (depth === 1) expectBetween(rows === 0 ? /^\s*$/ : /^\s*,\s*$/);
        if (depth === 0 && text[at] !== '[') throw notAnArray();
        if (depth <= 1) start = depth === 0 ? at + 1 : at;
        depth += 1;
      } else if (closings.has(code)) {
        depth -= 1;
        if (depth === 1) {
          rows += 1;
          yield text.slice(start, at + 1);
        } else if (depth <= 0) {
          expectBetween(/^\s*$/);
          ended = true;
        }
        if (depth <= 1) start = at + 1;
      }
    }
    text = text.slice(start);
    at -= start;
    start = 0;
  }
  if (!ended) throw depth === 0 ? notAnArray() : new BackupHistoryUnusableError('the file ends in the middle');
  if (text.trim() !== '') throw notAnArray();
}

function notAnArray(): BackupHistoryUnusableError {
  return new BackupHistoryUnusableError('it is not a JSON array of backup sets');
}
