import { quoteName } from '../../../databases/sqlServer/quote.ts';

/** Options of a copy that come from production with the backup and have to become the target's. */
export const setOption = (database: string, option: DatabaseOption): string =>
  `ALTER DATABASE ${quoteName(database)} SET ${optionText(option)}`;

export type DatabaseOption =
  | { readonly kind: 'recovery'; readonly model: 'SIMPLE' | 'FULL' | 'BULK_LOGGED' }
  | { readonly kind: 'compatibility'; readonly level: number }
  | { readonly kind: 'read-committed-snapshot'; readonly isOn: boolean }
  | { readonly kind: 'snapshot-isolation'; readonly isOn: boolean }
  /** A new GUID; conversations that production had open end here without a message to anybody. */
  | { readonly kind: 'new-broker' }
  | { readonly kind: 'no-broker' }
  /** Texts of queries hold literals: customers' names, amounts. */
  | { readonly kind: 'clear-query-store' }
  | { readonly kind: 'query-store'; readonly isOn: boolean }
  | { readonly kind: 'decrypt' }
  | { readonly kind: 'change-tracking'; readonly retention: ChangeRetention | null }
  /** Of a database that tracks already: switching it on once more is refused (5088). */
  | { readonly kind: 'change-retention'; readonly retention: ChangeRetention };

export interface ChangeRetention {
  readonly period: number;
  readonly unit: 'DAYS' | 'HOURS' | 'MINUTES';
  readonly isAutoCleanup: boolean;
}

function optionText(option: DatabaseOption): string {
  switch (option.kind) {
    case 'recovery':
      return `RECOVERY ${option.model}`;
    case 'compatibility':
      return `COMPATIBILITY_LEVEL = ${String(option.level)}`;
    case 'read-committed-snapshot':
      return `READ_COMMITTED_SNAPSHOT ${onOff(option.isOn)} WITH ROLLBACK IMMEDIATE`;
    case 'snapshot-isolation':
      return `ALLOW_SNAPSHOT_ISOLATION ${onOff(option.isOn)}`;
    case 'new-broker':
      return 'NEW_BROKER WITH ROLLBACK IMMEDIATE';
    case 'no-broker':
      return 'DISABLE_BROKER WITH ROLLBACK IMMEDIATE';
    case 'clear-query-store':
      return 'QUERY_STORE CLEAR';
    case 'query-store':
      return `QUERY_STORE = ${onOff(option.isOn)}`;
    case 'decrypt':
      return 'ENCRYPTION OFF';
    case 'change-tracking':
      return option.retention === null
        ? 'CHANGE_TRACKING = OFF'
        : `CHANGE_TRACKING = ON (${retention(option.retention)})`;
    case 'change-retention':
      return `CHANGE_TRACKING (${retention(option.retention)})`;
  }
}

const onOff = (isOn: boolean) => (isOn ? 'ON' : 'OFF');

const retention = ({ period, unit, isAutoCleanup }: ChangeRetention) =>
  `CHANGE_RETENTION = ${String(period)} ${unit}, AUTO_CLEANUP = ${onOff(isAutoCleanup)}`;

export const setOwner = (database: string, owner: string): string =>
  `ALTER AUTHORIZATION ON DATABASE::${quoteName(database)} TO ${quoteName(owner)}`;
