import { whyUnreadable } from '../../../../errors.ts';
import { readBackupHistory, type BackupHistoryReader } from './backupHistory.ts';
import type { DatabaseHistory } from '../backupSet.ts';
import { BackupHistoryUnusableError } from '../errors.ts';
import { decodeUtf8, decodeWindows, type Encoding, findEncoding, NotUnicode, readPieces } from './fileText.ts';
import { createRowSplitter } from './jsonRows.ts';
import { describeOddRows } from './oddRows.ts';

export interface HistoryFile {
  readonly databases: readonly DatabaseHistory[];
  /** What is odd about the file or its rows, and what was made of it. */
  readonly notes: readonly string[];
}

/**
 * Reads an exported history (docs/plan-from-history.md): UTF-8, UTF-16, or else the code page of western Windows; also as the
 * grid of a query window saves it, broken into lines anywhere.
 * @throws BackupHistoryUnusableError
 */
export async function readBackupHistoryFile(path: string): Promise<HistoryFile> {
  try {
    const encoding = await findEncoding(path);
    return await readEncoded(path, encoding).catch((error: unknown) => {
      if (error instanceof NotUnicode) return readEncoded(path, 'windows-1252');
      throw error;
    });
  } catch (error) {
    if (error instanceof BackupHistoryUnusableError) throw error;
    throw new BackupHistoryUnusableError(`${path} ${whyUnreadable(error)}`, error);
  }
}

async function readEncoded(path: string, encoding: Encoding): Promise<HistoryFile> {
  const reader = readBackupHistory();
  const splitter = createRowSplitter(encoding === 'windows-1252' ? decodeWindows : decodeUtf8);
  let broken = 0;
  let isFirst = true;
  for await (const piece of readPieces(path, encoding)) {
    if (isFirst && /^\s*"\[/.test(piece.toString('latin1', 0, 100))) throw new BackupHistoryUnusableError(asCsv);
    isFirst = false;
    for (const row of splitter.push(piece)) broken += addRow(reader, row);
  }
  splitter.end();
  const databases = reader.databases();
  return {
    databases,
    notes: [
      ...(encoding === 'windows-1252' ? [notUnicode] : []),
      ...(broken === 0 ? [] : [`${brokenLines} (${String(broken)} rows)`]),
      ...describeOddRows(reader.oddRows()),
    ],
  };
}

/** @returns 1 when the row had to be put together. */
function addRow(reader: BackupHistoryReader, text: string): number {
  try {
    reader.add(JSON.parse(text));
    return 0;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const whole = parse(text.replaceAll(/[\r\n]+/g, ''));
  if (whole === undefined) reader.leaveOut('it is no JSON');
  else reader.add(whole);
  return whole === undefined ? 0 : 1;
}

/** What JSON.parse says quotes the row, so it is not repeated. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const asCsv = 'it is CSV, with the history as one of its values: save the value alone';
const notUnicode =
  'The history is no Unicode text and was read in the code page of western Windows: file names with other letters may be wrong';
const brokenLines =
  'Line breaks inside values were taken out, as a query window puts them after every 2,033 characters';
