/**
 * What stands between two quotation marks of a message. All but `text` are names that the catalogue of the server or of
 * msdb knows; a text is what the operating system says, a word of the server's own, or a value.
 */
export const QUOTED = ['database', 'file', 'device', 'volume', 'principal', 'object', 'key', 'text'] as const;
export type Quoted = (typeof QUOTED)[number];

export interface Named {
  readonly kind: Exclude<Quoted, 'text'>;
  readonly name: string;
}

/** One error of the server, as far as it may be shown: values of rows that its text quotes stay out. */
export interface ServerFault {
  readonly number: number;
  readonly state: number;
  /** Who said it: the copy, the target's server. */
  readonly server: string;
  /** What was being done, with the name of the database: `restoring uat__incoming_R-1042`. */
  readonly doing: string;
  /** How grave the server calls it, 11 to 25. */
  readonly severity?: number;
  /** Its text without values, where its number has a shape that may be shown (messageShapes.ts). */
  readonly text?: string;
  /** Names that the server quoted, in its order; only of errors whose text is known. */
  readonly objects: readonly Named[];
  /** Number of the operating system's error, for devices and files. */
  readonly osError?: number;
}
