import type { Instant } from './people.ts';

/** What becomes of a sandbox, as those hear it who work there. */
export const ANNOUNCED = [
  'approved',
  'switch-announced',
  'switched',
  'back-online',
  'failed',
  'rolled-back',
  'skipped',
] as const;
export type Announced = (typeof ANNOUNCED)[number];

/** Why an announcement was not taken: a command that ended badly, did not start or hung; a receiver that said no, nothing, or went away; nobody there to tell it. */
export const NOT_ANNOUNCED = [
  'failed',
  'not-started',
  'no-answer',
  'unreachable',
  'refused',
  'gone',
  'unsafe',
  'no-secret',
  'too-late',
] as const;
export type NotAnnounced = (typeof NOT_ANNOUNCED)[number];

/** What became of one announcement. A run goes on whatever that is. */
export interface Announcement {
  readonly what: Announced;
  /** `command`, or the name of a webhook. */
  readonly by: string;
  readonly at: Instant;
  /** Of a switch: the moment that was announced. */
  readonly for?: Instant;
  /** Absent: it was taken. Of webhooks only what was not taken is noted. */
  readonly why?: NotAnnounced;
  /** What a receiver answered, of HTTP. */
  readonly status?: number;
}

/** Somebody to be told over the web: signed as Standard Webhooks says. */
export interface Webhook {
  readonly name: string;
  readonly url: string;
  /** `whsec_…`; empty where the variable is not set. */
  readonly secret: string;
  readonly events: readonly Announced[];
  /** Names; absent: every sandbox. */
  readonly sandboxes?: readonly string[];
}
