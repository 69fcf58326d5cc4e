import { z } from 'zod';
import type { Database } from '../databases.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { type ChangeRetention, type DatabaseOption } from '../statements/options.ts';
import {
  readChangeTracking,
  readScopedConfiguration,
  setScopedConfiguration,
} from '../statements/scopedConfiguration.ts';

export interface Change {
  readonly option: DatabaseOption | string;
  readonly reason: string;
  /** For the log, where a refusal is no reason to fail. */
  readonly ifRefused?: string;
}

/** What has to be set on `copy` so that production's options are gone and it has those of `former`. */
export async function findChanges(
  connection: Connection,
  former: Database | undefined,
  copy: Database,
): Promise<readonly Change[]> {
  if (former === undefined) return privacyOf(copy);
  const tracking = await trackingOf(connection);
  return [
    ...privacyOf(copy),
    ...differences(former, copy),
    ...trackingChange(tracking(former.name), tracking(copy.name)),
    ...(await scopedDifferences(connection, former.name, copy.name)),
  ];
}

/** A new broker in any case: conversations that production had open must not go on from here. */
const privacyOf = (copy: Database): Change[] => [
  { option: { kind: 'new-broker' }, reason: 'new broker, production’s conversations end here' },
  // Switched off it still shows what it has collected.
  {
    option: { kind: 'clear-query-store' },
    reason: 'query store cleared, its texts hold production’s values',
    ...(copy.isQueryStoreOn
      ? {}
      : {
          ifRefused:
            'its query store is off and could not be cleared; what it ever collected in production is still there',
        }),
  },
];

function differences(former: Database, copy: Database): Change[] {
  const changes: Change[] = [];
  const asTarget = (what: string) => `${what} as the target’s`;
  if (!former.isBrokerEnabled) changes.push({ option: { kind: 'no-broker' }, reason: asTarget('broker off') });
  if (former.recoveryModel !== copy.recoveryModel)
    changes.push({
      option: { kind: 'recovery', model: former.recoveryModel },
      reason: asTarget(`recovery model ${former.recoveryModel}`),
    });
  if (former.compatibilityLevel !== copy.compatibilityLevel)
    changes.push({
      option: { kind: 'compatibility', level: former.compatibilityLevel },
      reason: asTarget(`compatibility level ${String(former.compatibilityLevel)}`),
    });
  if (former.isReadCommittedSnapshot !== copy.isReadCommittedSnapshot)
    changes.push({
      option: { kind: 'read-committed-snapshot', isOn: former.isReadCommittedSnapshot === true },
      reason: asTarget('read committed snapshot'),
    });
  if (former.snapshotIsolation !== copy.snapshotIsolation)
    changes.push({
      option: { kind: 'snapshot-isolation', isOn: former.snapshotIsolation === 'ON' },
      reason: asTarget('snapshot isolation'),
    });
  if (former.isQueryStoreOn !== copy.isQueryStoreOn)
    changes.push({
      option: { kind: 'query-store', isOn: former.isQueryStoreOn === true },
      reason: asTarget('query store'),
    });
  return changes;
}

const trackingRow = z.object({
  name: z.string().nullable(),
  isAutoCleanup: z.union([z.boolean(), z.number()]).transform((value) => Number(value) === 1),
  period: z.number(),
  unit: z.enum(['MINUTES', 'HOURS', 'DAYS']),
});

async function trackingOf(connection: Connection): Promise<(database: string) => ChangeRetention | null> {
  const rows = await connection.ask(readChangeTracking(), trackingRow, { doing: 'reading change tracking' });
  return (database) => rows.find(({ name }) => name?.toLowerCase() === database.toLowerCase()) ?? null;
}

/** Only if different: turning it off and on throws away what F&O’s integrations have seen. Off is refused while tables use it. */
function trackingChange(former: ChangeRetention | null, copy: ChangeRetention | null): Change[] {
  const isSame =
    former?.period === copy?.period && former?.unit === copy?.unit && former?.isAutoCleanup === copy?.isAutoCleanup;
  if (former === null || isSame) return [];
  const kind = copy === null ? 'change-tracking' : 'change-retention';
  return [{ option: { kind, retention: former }, reason: 'change tracking as the target’s' }];
}

const scopedRow = z.object({
  name: z.string(),
  value: z.string().nullable(),
});
/** Stored as 0 and 1, set as words; the others take their number. */
const takesNumber: ReadonlySet<string> = new Set([
  'MAXDOP',
  'PAUSED_RESUMABLE_INDEX_ABORT_DURATION_MINUTES',
  'FULLTEXT_INDEX_VERSION',
]);

async function scopedDifferences(connection: Connection, former: string, copy: string): Promise<Change[]> {
  const read = async (database: string) =>
    new Map(
      (
        await connection.ask(readScopedConfiguration(database), scopedRow, {
          doing: `reading the configuration of ${database}`,
        })
      ).map(({ name, value }) => [name, value]),
    );
  const [wanted, present] = [await read(former), await read(copy)];
  return [...wanted].flatMap(([name, value]) => {
    // Addresses (ledger digests) and whatever else is no word stay as they are.
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return [];
    if (value === null || !/^\w+$/.test(value) || !present.has(name) || present.get(name) === value) return [];
    if (!takesNumber.has(name) && value !== '0' && value !== '1' && /^\d/.test(value)) return [];
    const word = takesNumber.has(name) || /^\D/.test(value) ? value : value === '1' ? 'ON' : 'OFF';
    return [
      {
        option: setScopedConfiguration(copy, name, word),
        reason: 'scoped configuration as the target’s',
        ifRefused: `scoped configuration ${name} stays as production’s, not ${word} as the target’s`,
      },
    ];
  });
}
