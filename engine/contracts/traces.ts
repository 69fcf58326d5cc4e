import type { Instant, Person } from './people.ts';
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
  readonly previousHash: string;
  readonly hash: string;
}

export interface LogLine {
  readonly at: Instant;
  readonly step: string;
  readonly text: string;
}

/** Where a card lives: enough to update the same message later from any process. Plain JSON, made by bot/. */
export type CardAddress = Readonly<Record<string, unknown>>;

export const CARD_KINDS = ['run', 'approval', 'cutover', 'outcome'] as const;
/** `run` moves along from choosing to the end; the others are new messages because a person must act or the run ended. */
export type CardKind = (typeof CARD_KINDS)[number];
