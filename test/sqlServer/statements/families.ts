import type { StatementFamily } from '../execute/context.ts';
import { alterDatabaseFamily } from './alterDatabase.ts';
import { backupFamily } from './backup.ts';
import { deleteFamily, insertFamily, updateFamily } from './changeRows.ts';
import { controlFamilies } from './control.ts';
import { databaseFamilies } from './createDatabase.ts';
import { createIndexFamily } from './createIndex.ts';
import { createTriggerFamily } from './createTrigger.ts';
import { databaseScopeFamilies } from './databaseScope.ts';
import { dbccFamily } from './dbcc.ts';
import { maintenanceFamilies } from './maintenance.ts';
import { permissionFamily } from './permissions.ts';
import { principalFamilies } from './principals.ts';
import { outsideFamilies } from './dropOutside.ts';
import { executeFamily } from './procedures.ts';
import { queryFamily } from './query.ts';
import { restingFamilies } from './resting.ts';
import { restoreFamilies } from './restore.ts';
import { sessionFamilies } from './sessions.ts';
import { alterTableFamily, createTableFamily, dropTableFamily, truncateFamily } from './tables.ts';
import { transactionFamilies } from './transactions.ts';
import { variableFamilies } from './variables.ts';
import { viewFamily } from './views.ts';

/** Every statement that this test double understands. To emulate another one, write its family and add it here. */
export const families: readonly StatementFamily[] = [
  ...controlFamilies,
  ...variableFamilies,
  ...transactionFamilies,
  ...sessionFamilies,
  ...databaseFamilies,
  ...databaseScopeFamilies,
  ...principalFamilies,
  permissionFamily,
  ...restoreFamilies,
  alterDatabaseFamily,
  backupFamily,
  dbccFamily,
  ...maintenanceFamilies,
  queryFamily,
  insertFamily,
  updateFamily,
  deleteFamily,
  createTableFamily,
  createIndexFamily,
  dropTableFamily,
  truncateFamily,
  createTriggerFamily,
  alterTableFamily,
  ...restingFamilies,
  ...outsideFamilies,
  viewFamily,
  executeFamily,
];
