import { sendRows } from '../statements/query.ts';
import { notEmulated } from '../sql/sqlError.ts';
import { int, nvarchar } from '../sql/types.ts';
import { entriesBelow } from '../state/fileSystem.ts';
import { required, type Procedure } from './operands.ts';

/** Files as the service account of the server sees them. */
export const fileProcedures: Readonly<Record<string, Procedure>> = {
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
};
