import { sendRows } from '../statements/query.ts';
import { tableFunctions } from '../catalogue/tableFunctions.ts';
import { notEmulated } from '../sql/sqlError.ts';
import { int, nvarchar } from '../sql/types.ts';
import { entriesBelow } from '../state/fileSystem.ts';
import { required, type Procedure } from './operands.ts';

/** Files as the service account of the server sees them. */
export const fileProcedures: Readonly<Record<string, Procedure>> = {
  async xp_fileexist(context, operands) {
    const path = required(operands, 'xp_fileexist', '@filename', 0);
    const look = { server: context.server, session: context.session, database: context.session.database };
    const found = tableFunctions['sys.dm_os_file_exists']?.rows(look, [path])[0];
    const exists = found?.['file_exists'] ?? 0;
    const output = operands[1];
    if (output) output.setOutput(exists, int);
    else
      sendRows(
        context,
        ['File Exists', 'File is a Directory', 'Parent Directory Exists'].map((name) => ({
          name,
          type: { name: 'tinyint' },
        })),
        [[exists, 0, found?.['parent_directory_exists'] ?? 0]],
      );
    return 0;
  },
  /** One level, files and folders. */
  async xp_dirtree(context, operands) {
    const folder = required(operands, 'xp_dirtree', '@path', 0);
    const [depth, withFiles] = [1, 2].map((place) => Number(operands[place]?.value ?? 0));
    if (depth !== 1 || withFiles !== 1) throw notEmulated('xp_dirtree but for one level with its files');
    const columns = [
      { name: 'subdirectory', type: nvarchar(512) },
      { name: 'depth', type: int },
      { name: 'file', type: int },
    ];
    const rows = entriesBelow(context.server, folder).filter(({ level }) => level === 0);
    sendRows(
      context,
      columns,
      rows.map(({ name, isFolder }) => [name, 1, isFolder ? 0 : 1]),
    );
    return 0;
  },
  async xp_fixeddrives(context) {
    const columns = [
      { name: 'drive', type: nvarchar(1) },
      { name: 'MB free', type: int },
    ];
    const drives = context.server.volumes.map(({ mountPoint, availableBytes }) => [
      mountPoint.slice(0, 1),
      Math.floor(availableBytes / 1_048_576),
    ]);
    sendRows(context, columns, drives);
    return 0;
  },
};
