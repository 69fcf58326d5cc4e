import { DATABASE_ROLES, type Sandbox } from '../../../contracts.ts';
import type { ServerAddress } from '../../../databases/sqlServer/address.ts';
import { IntegrityError } from '../errors.ts';
import { isRefusal } from '../../../databases/sqlServer/faults.ts';
import { openLongConnection } from '../../../databases/sqlServer/connection.ts';
import { namesOf } from '../names.ts';
import { checkDatabase } from '../statements/checkDatabase.ts';

/**
 * DBCC CHECKDB on both copies; `physical` adds PHYSICAL_ONLY. Its messages quote values of index rows and go nowhere.
 * @throws IntegrityError for damage alone: a check that could not run (no room for its snapshot, say) is said as what it is.
 */
export async function checkIntegrity(
  address: ServerAddress,
  target: Sandbox,
  runId: string,
  depth: 'physical' | 'full',
  signal: AbortSignal,
  /** From a session in the copy, where none can reach it from master. */
  { isInside = false } = {},
): Promise<string> {
  const checked: string[] = [];
  for (const role of DATABASE_ROLES) {
    const { incoming } = namesOf(target.databases[role], runId);
    // A session per database: CHECKDB runs for hours, and the next one must not wait for an idle connection to be noticed as cut.
    await using session = await openLongConnection(address, isInside ? incoming : undefined);
    const doing = `checking ${incoming}`;
    try {
      await session.send(checkDatabase(incoming, depth), { doing, signal });
    } catch (error) {
      if (!isRefusal(error) || !isDamage(error.number)) throw error;
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

/** Findings of CHECKDB, CHECKALLOC and CHECKCATALOG, and pages that cannot be read. */
const FINDINGS: ReadonlySet<number> = new Set([
  ...[211, 605, 823, 824, 2508, 2511, 2512, 2513, 2514, 2515, 2533, 2534, 2536, 2537, 2540, 2570],
  ...[2574, 2575, 2576, 2577, 2579, 5228, 5229, 5233, 5242, 5243, 5250, 5256, 5260, 5262, 5274],
]);

/** The check itself came to an end there. */
const ENDINGS: ReadonlySet<number> = new Set([8921, 8967]);

const isDamage = (number: number): boolean =>
  FINDINGS.has(number) ||
  (number >= 3851 && number <= 3859) ||
  (number >= 7931 && number <= 7982) ||
  (number >= 7984 && number <= 7999) ||
  (number >= 8901 && number <= 8999 && !ENDINGS.has(number));
