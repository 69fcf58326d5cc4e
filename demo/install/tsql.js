import { aptInstall, canInstall } from './apt.js';
import { findInPath, step } from './step.js';

/**
 * FreeTDS' `tsql`, a client that shares no code with ours: the SQL Server stand-in has to satisfy both. A build server must
 * have it; elsewhere its tests are skipped without it.
 */
export function installTsql() {
  if (findInPath('tsql') !== undefined) return;
  try {
    if (!canInstall()) throw new Error('tsql (package freetds-bin) is absent and cannot be installed here.');
    step('Installing freetds-bin (apt-get)', () => aptInstall(['freetds-bin']));
  } catch (error) {
    if (process.env.CI) throw error;
    process.stdout.write(`${error.message}\n`);
  }
}
