import type { Announced, Instant } from '../contracts.ts';

/** A record that a webhook may tell of. */
export interface Happening {
  readonly runId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly event: string;
  readonly data: unknown;
}

/** One message to one receiver, kept until it was taken or is past. */
export interface Delivery {
  /** The same at every attempt: receivers tell by it what they have had already. */
  readonly id: string;
  readonly hook: string;
  readonly runId: string;
  readonly what: Announced;
  readonly body: string;
  readonly dueAt: Instant;
  /** Afterwards it is of no use to anybody. */
  readonly until: Instant;
  readonly tries: number;
}

/** The part of the journal that keeps what webhooks are to be told. */
export interface WebhookOutbox {
  /** What has happened since the last look for this receiver, and until when that was looked; nothing at the first look. */
  happened(
    hook: string,
    events: readonly string[],
  ): Promise<{ readonly found: readonly Happening[]; readonly until: Instant }>;
  /** Adds what is new, by its id; the next look begins where this one ended. */
  add(hook: string, until: Instant, deliveries: readonly Omit<Delivery, 'tries'>[]): Promise<void>;
  /** What this receiver is to be told, the oldest first. */
  due(hook: string, at: Instant): Promise<readonly Delivery[]>;
  /** Forgets every other receiver, and what it was still to be told. */
  keepOnly(hooks: readonly string[]): Promise<void>;
  /** Taken or given up, or to be tried again then. */
  tried(id: string, next: { readonly dueAt: Instant } | 'over'): Promise<void>;
}
