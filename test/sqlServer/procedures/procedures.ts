import { applicationLockProcedures } from './applicationLocks.ts';
import { backupProcedures } from './backupProcedures.ts';
import { extendedPropertyProcedures } from './extendedProperties.ts';
import { fileProcedures } from './fileProcedures.ts';
import type { Procedure } from './operands.ts';

/** The procedures that are emulated, by their names in lower case. */
export const procedures: Readonly<Record<string, Procedure>> = {
  ...applicationLockProcedures,
  ...backupProcedures,
  ...extendedPropertyProcedures,
  ...fileProcedures,
};
