import type { Instant, Person, Signature } from './people.ts';
import type { StepName } from './runs.ts';

/** Live figures of the running step; lost without harm. */
export interface Progress {
  readonly runId: string;
  readonly step: StepName | 'rollback';
  /** 0–100, or absent when the provider only knows phases. */
  readonly percent?: number;
  readonly detail: string;
}

export interface RunRecord {
  readonly runId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Person;
  /** Name of the transition. */
  readonly event: string;
  readonly data: unknown;
  /** Absent in records of before it was kept. */
  readonly evidence?: Evidence;
  readonly previousHash: string;
  readonly hash: string;
}

/** What a record binds besides itself: changed later, it no longer fits the chain. */
export interface Evidence {
  /** Only of a first record: the run with the number before, as it stood then. */
  readonly before?: { readonly runId: string; readonly seq: number; readonly hash: string };
  /** SHA-256 of the run's document after this record. */
  readonly document?: string;
  /** The log so far: how many lines, and the running hash behind the last of them. */
  readonly log?: LogHead;
  readonly signature?: Signature;
}

export interface LogHead {
  readonly lines: number;
  readonly hash: string;
}

export interface LogLine {
  readonly at: Instant;
  readonly step: string;
  readonly text: string;
}

/** Where a card lives: enough to update the same message later from any process. Plain JSON, made by bot/. */
export type CardAddress = Readonly<Record<string, unknown>>;

export const CARD_KINDS = ['run', 'approval', 'exception', 'cutover', 'outcome'] as const;
/** `run` moves along from choosing to the end; the others are new messages because a person must act or the run ended. */
export type CardKind = (typeof CARD_KINDS)[number];
