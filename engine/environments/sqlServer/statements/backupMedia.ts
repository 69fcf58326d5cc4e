import { from, type Media, position, withOptions } from './restore.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** What is on the media. LSNs arrive as floating-point numbers: compare GUIDs, never these. */
export const readHeader = (media: Media): Statement => ({
  text: `RESTORE HEADERONLY\n${from(media)}${atPosition(media)};`,
});

/** The files of the database in this backup, with the size that they will have. */
export const readFileList = (media: Media): Statement => ({
  text: `RESTORE FILELISTONLY\n${from(media)}${atPosition(media)};`,
});

/** Reads the whole backup: takes as long as restoring it does. */
export const verifyBackup = (media: Media): Statement => ({
  text: `RESTORE VERIFYONLY\n${from(media)}\n${withOptions([...position(media), 'STATS = 10'])};`,
});

const atPosition = (media: Media) =>
  position(media)
    .map((option) => `\nWITH ${option}`)
    .join('');
