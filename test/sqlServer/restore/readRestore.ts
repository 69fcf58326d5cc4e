import type { Context } from '../execute/context.ts';
import { variableNamed } from '../execute/context.ts';
import { readInteger, readList, readName, readString, type Cursor } from '../sql/cursor.ts';
import { notEmulated } from '../sql/sqlError.ts';

/** A text of the statement, or a variable that holds it. */
export type Text = (context: Context) => string;

export interface Device {
  readonly kind: 'DISK' | 'URL';
  readonly path: Text;
}

export interface RestoreOptions {
  file: number;
  /** FILE was said: RESTORE HEADERONLY shows that set alone. */
  hasFile: boolean;
  readonly moves: { readonly logicalName: Text; readonly path: Text }[];
  recovery: 'recovery' | 'no-recovery' | 'default';
  isReplace: boolean;
  isRestricted: boolean;
  stats: number;
  stopAt: Text | undefined;
  isChecksum: boolean;
  isCopyOnly: boolean;
  isDifferential: boolean;
  isInit: boolean;
  /** Of ENCRYPTION: the certificate's name. */
  encryptedBy: string | undefined;
  broker: 'NEW' | 'ENABLE' | undefined;
}

export function readText(cursor: Cursor): Text {
  if (cursor.peek().kind === 'variable') {
    const name = cursor.next().value;
    return (context) => String(variableNamed(context, name).value);
  }
  const text = readString(cursor);
  return () => text;
}

/** A database's name, or a variable that holds it. */
export function readDatabaseName(cursor: Cursor): Text {
  if (cursor.peek().kind === 'variable') return readText(cursor);
  const name = readName(cursor);
  return () => name;
}

export function readDevices(cursor: Cursor): readonly Device[] {
  return readList(cursor, () => {
    const kind = (['DISK', 'URL'] as const).find((each) => cursor.accept(each));
    if (!kind) throw notEmulated('a backup device that is neither DISK nor URL');
    cursor.expect('=');
    return { kind, path: readText(cursor) };
  });
}

const numbered = new Set(['BUFFERCOUNT', 'MAXTRANSFERSIZE', 'BLOCKSIZE']);
const accepted = new Set([
  'NOUNLOAD',
  'UNLOAD',
  'NOREWIND',
  'NOSKIP',
  'SKIP',
  'STOP_ON_ERROR',
  'COMPRESSION',
  'NO_COMPRESSION',
  'FORMAT',
  'NOFORMAT',
  'NOINIT',
  'METADATA_ONLY',
]);

/** What stands behind WITH. An option that is not in this list is refused. */
export function readOptions(cursor: Cursor, devices: readonly Device[] = []): RestoreOptions {
  const options: RestoreOptions = {
    file: 1,
    hasFile: false,
    moves: [],
    recovery: 'default',
    isReplace: false,
    isRestricted: false,
    stats: 10,
    stopAt: undefined,
    isChecksum: false,
    isCopyOnly: false,
    isDifferential: false,
    isInit: false,
    encryptedBy: undefined,
    broker: undefined,
  };
  if (cursor.accept('WITH')) readList(cursor, () => readOption(cursor, options));
  if (options.hasFile && devices.some(({ kind }) => kind === 'URL'))
    throw notEmulated('FILE with URL, which "SQL Server Backup to URL" lists as not supported');
  return options;
}

function readOption(cursor: Cursor, options: RestoreOptions): void {
  const word = cursor.next().value;
  switch (word) {
    case 'FILE':
      cursor.expect('=');
      options.file = readInteger(cursor);
      options.hasFile = true;
      return;
    case 'MOVE': {
      const logicalName = readText(cursor);
      cursor.expect('TO');
      options.moves.push({ logicalName, path: readText(cursor) });
      return;
    }
    case 'RECOVERY':
      options.recovery = 'recovery';
      return;
    case 'NORECOVERY':
      options.recovery = 'no-recovery';
      return;
    case 'REPLACE':
      options.isReplace = true;
      return;
    case 'RESTRICTED_USER':
      options.isRestricted = true;
      return;
    case 'STATS':
      options.stats = cursor.accept('=') ? readInteger(cursor) : 10;
      return;
    case 'STOPAT':
      cursor.expect('=');
      options.stopAt = readText(cursor);
      return;
    case 'CHECKSUM':
    case 'NO_CHECKSUM':
      options.isChecksum = word === 'CHECKSUM';
      return;
    case 'COPY_ONLY':
      options.isCopyOnly = true;
      return;
    case 'DIFFERENTIAL':
      options.isDifferential = true;
      return;
    case 'INIT':
      options.isInit = true;
      return;
    case 'ENCRYPTION':
      cursor.expect('(', 'ALGORITHM', '=');
      cursor.next();
      cursor.expect(',', 'SERVER', 'CERTIFICATE', '=');
      options.encryptedBy = readName(cursor);
      cursor.expect(')');
      return;
    case 'NEW_BROKER':
    case 'ENABLE_BROKER':
      options.broker = word === 'NEW_BROKER' ? 'NEW' : 'ENABLE';
      return;
    case 'NAME':
    case 'DESCRIPTION':
    case 'CREDENTIAL':
      cursor.expect('=');
      readText(cursor);
      return;
    default:
      if (numbered.has(word)) {
        cursor.expect('=');
        readInteger(cursor);
      } else if (!accepted.has(word)) throw notEmulated(`WITH ${word}`);
  }
}
