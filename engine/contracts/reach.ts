import type { Instant } from './people.ts';

/** Why somebody, or a conversation, could not be told: what a chat answers, in words of our own. */
export const UNREACHED = [
  'not-installed',
  'not-in-roster',
  'blocked',
  'disabled',
  'writes-blocked',
  'wrong-host',
  'gone',
  'untrusted',
  'refused',
  'no-answer',
] as const;
export type Unreached = (typeof UNREACHED)[number];

/** `here`: where it was asked; `home`: the conversation of the sandbox; else the Entra object id of an approver. */
export type ToldTo = string;

/** One delivery of the question whether a plan is approved, or why there was none. */
export interface Told {
  readonly to: ToldTo;
  readonly at: Instant;
  /** Which approvers are in that conversation, by Entra object id; absent where nobody could say. */
  readonly members?: readonly string[];
  /** Absent: the chat has taken the message. */
  readonly why?: Unreached;
}
