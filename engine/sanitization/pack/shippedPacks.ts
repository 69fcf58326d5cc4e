import { join } from 'node:path';

/** The folder of the packs that come with Rewind. */
const SHIPPED_PACKS = join(import.meta.dirname, '..', 'packs');

/** Where packs are read from, in this order: a file of the installation's folder stands in for a shipped one of its name. */
export const packFolders = (ofInstallation: string | undefined): readonly string[] => [
  SHIPPED_PACKS,
  ...(ofInstallation === undefined ? [] : [ofInstallation]),
];
