/** One error of the server, as far as it may be shown. Its text stays out: it may quote values of rows. */
export interface ServerFault {
  readonly number: number;
  readonly state: number;
  /** Who said it: the copy, the target's server. */
  readonly server: string;
  /** What was being done, with the name of the database: `restoring uat__incoming_R-1042`. */
  readonly doing: string;
  /** Names that the server quoted: a device, a file, a database; only for errors whose text holds nothing else. */
  readonly objects: readonly string[];
  /** Number of the operating system's error, for devices. */
  readonly osError?: number;
}
