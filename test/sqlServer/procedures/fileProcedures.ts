import { sendRows } from '../statements/query.ts';
import { tableFunctions } from '../catalogue/tableFunctions.ts';
import { int, nvarchar } from '../sql/types.ts';
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
