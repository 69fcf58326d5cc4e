import { DATABASE_ROLES, type Sandbox } from '../../../contracts.ts';
import type { ServerAddress } from '../../../databases/sqlServer/address.ts';
import { IntegrityError } from '../errors.ts';
import { StatementRefusedError } from '../../../databases/sqlServer/faults.ts';
import { openLongConnection } from '../../../databases/sqlServer/connection.ts';
import { namesOf } from '../names.ts';
import { checkDatabase } from '../statements/checkDatabase.ts';

/**
 * DBCC CHECKDB on both copies; `physical` adds PHYSICAL_ONLY. Its messages quote values of index rows and go nowhere.
 * @throws IntegrityError
 */
export async function checkIntegrity(
  address: ServerAddress,
  target: Sandbox,
  runId: string,
  depth: 'physical' | 'full',
  signal: AbortSignal,
): Promise<string> {
  const checked: string[] = [];
  for (const role of DATABASE_ROLES) {
    const { incoming } = namesOf(target.databases[role], runId);
    // A session per database: CHECKDB runs for hours, and the next one must not wait for an idle connection to be noticed as cut.
    await using session = await openLongConnection(address);
    const doing = `checking ${incoming}`;
    try {
      await session.send(checkDatabase(incoming, depth), { doing, signal });
    } catch (error) {
      if (!(error instanceof StatementRefusedError)) throw error;
      throw new IntegrityError({
        number: error.number,
        state: 0,
        server: address.title,
        doing: `DBCC CHECKDB finds ${incoming} damaged`,
        objects: [],
      });
    }
    checked.push(incoming);
  }
  return `DBCC CHECKDB (${depth === 'physical' ? 'physical only' : 'full'}) finds nothing wrong in ${checked.join(' and ')}`;
}
