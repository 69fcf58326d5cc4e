/** One backup as its server recorded it. Times are wall time of that server; only backups with a known zone have an instant. */
export interface BackupSet {
  /** As written in the history: it goes out as it came in. */
  readonly uuid: string;
  readonly type: 'full' | 'differential' | 'log' | 'file-or-partial';
  readonly databaseName: string;
  readonly serverName: string;
  /** Empty when the row does not say; a restored copy has its own. */
  readonly databaseGuid: string;
  readonly familyGuid: string;
  readonly firstLsn: bigint;
  /** LSN of the next log record after the backup: where the next log backup has to join. */
  readonly lastLsn: bigint;
  readonly forkPointLsn: bigint | null;
  readonly firstFork: string;
  readonly lastFork: string;
  /** Where it begins and ends: the recovery fork, or one line of it where two databases wrote the same fork (lines.ts). */
  readonly firstPath: string;
  readonly lastPath: string;
  /** Last LSN at which it can be joined to `firstPath`; null where it stays on one path. */
  readonly pathPointLsn: bigint | null;
  /** `uuid` of the full backup that a differential needs, lower case; null for a differential with several bases. */
  readonly differentialBaseGuid: string | null;
  /** Wall time, milliseconds as if it were UTC. */
  readonly startedLocal: number;
  readonly finishedLocal: number;
  /** Why its times are not believed; it has no zone then, and they are endless on both sides. */
  readonly doubt: string | null;
  readonly lastValidRestoreLocal: number | null;
  /** Minutes east of UTC when the backup started; null when the server did not know. */
  readonly zoneMinutes: number | null;
  readonly isCopyOnly: boolean;
  readonly isSimpleRecovery: boolean;
  readonly hasBulkLoggedData: boolean;
  readonly hasIncompleteMetadata: boolean;
  readonly softwareMajorVersion: number | null;
  readonly encryptorThumbprint: string | null;
  /** Place on the media: `WITH FILE = position`. */
  readonly position: number;
  readonly sizeBytes: bigint | null;
  /** All stripes of one mirror in order; what is there of the best mirror when `defect` says that stripes are missing. */
  readonly devices: readonly BackupDevice[];
  readonly defect: BackupDefect | null;
}

export interface BackupDevice {
  readonly kind: 'disk' | 'url';
  readonly name: string;
}

/** Why a backup may never stand in a restore chain. */
export type BackupDefect =
  | { readonly kind: 'damaged' }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'file-or-partial' }
  | { readonly kind: 'device'; readonly name: string; readonly trouble: DeviceTrouble }
  | { readonly kind: 'overwritten'; readonly name: string; readonly by: string }
  | { readonly kind: 'family-count' }
  | { readonly kind: 'media-incomplete'; readonly missing: readonly number[]; readonly familyCount: number };

/** `nowhere`: what is written there is gone. */
export type DeviceTrouble = 'nowhere' | 'virtual' | 'tape' | 'unknown';

/** Everything known of one database of one family, from however many servers and under whatever names. */
export interface DatabaseHistory {
  /** The name that its newest backup carries. */
  readonly databaseName: string;
  /** What it was called before, or what it came from. */
  readonly formerNames: readonly string[];
  readonly familyGuid: string;
  readonly sets: readonly BackupSet[];
}

/** The first device, and how many more there are: enough for a person to find the backup. */
export function describeBackup(set: BackupSet): string {
  const [first] = set.devices;
  const kind = set.type === 'file-or-partial' ? 'file or partial' : set.type;
  const place = first === undefined ? set.uuid : first.name;
  const more = set.devices.length > 1 ? ` (+${String(set.devices.length - 1)})` : '';
  return `${kind} backup ${place}${more}`;
}
