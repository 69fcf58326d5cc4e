import { sqlError } from '../sql/sqlError.ts';
import type { Values } from '../sql/types.ts';
import type { Server } from '../state/model.ts';
import { isDbOwner, isSysadmin } from '../state/permissions.ts';
import { required, type Procedure } from './operands.ts';

/** What an administrator takes away of backups: files, and the history that msdb keeps of them. */
export const backupProcedures: Readonly<Record<string, Procedure>> = {
  async xp_delete_files({ server, session }, operands) {
    if (!isSysadmin(session.login)) throw sqlError(15247, 'User does not have permission to perform this action.');
    for (const [place] of operands.entries()) {
      const path = required(operands, 'xp_delete_files', '@filename', place);
      if (/[*?]/.test(path)) throw sqlError(50_000, 'not emulated: xp_delete_files with a pattern');
      server.share.files.delete(path.toLowerCase());
    }
    return 0;
  },
  async sp_delete_database_backuphistory({ server, session }, operands) {
    if (!isDbOwner(session.database, session.login))
      throw sqlError(229, "The EXECUTE permission was denied on the object 'sp_delete_database_backuphistory'.", {
        severity: 14,
      });
    forget(server, required(operands, 'sp_delete_database_backuphistory', '@database_name', 0));
    return 0;
  },
};

/** The sets of a database, the restores from them, and the media that no other set lies on. */
function forget({ history }: Server, databaseName: string): void {
  const name = databaseName.toLowerCase();
  const gone = new Set(
    history.backupset
      .filter((set) => String(set['database_name']).toLowerCase() === name)
      .map((set) => set['backup_set_id']),
  );
  const without = (rows: Values[], column: string, keys: ReadonlySet<unknown>) =>
    void rows.splice(0, rows.length, ...rows.filter((row) => !keys.has(row[column])));
  for (const rows of [history.backupset, history.backupfile]) without(rows, 'backup_set_id', gone);
  const used = new Set(history.backupset.map((set) => set['media_set_id']));
  const unused = new Set(history.backupmediaset.map((media) => media['media_set_id']).filter((id) => !used.has(id)));
  for (const rows of [history.backupmediafamily, history.backupmediaset]) without(rows, 'media_set_id', unused);
}
