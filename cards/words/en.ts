import type { RunState, StepName } from '../../engine/contracts.ts';
import { rich, safe, type Safe } from '../text.ts';
import { ends } from './en/ends.ts';
import { lists } from './en/lists.ts';
import { plans } from './en/plans.ts';
import { runs } from './en/runs.ts';

const states = {
  draft: safe`Draft`,
  'awaiting-approval': safe`Awaiting approval`,
  queued: safe`Queued`,
  'in-progress': safe`In progress`,
  'awaiting-cutover': safe`Awaiting cutover`,
  completed: safe`Completed`,
  'signed-off': safe`Signed off`,
  failed: safe`Failed`,
  'rollback-in-progress': safe`Rollback in progress`,
  'rolled-back': safe`Rolled back`,
  'rollback-failed': safe`Rollback failed`,
  aborted: safe`Aborted`,
} satisfies Record<RunState, Safe>;

/** Titles of the runbook's steps; numbered by their place in STEP_NAMES. */
const steps = {
  'check-prerequisites': safe`Check prerequisites`,
  'restore-beside': safe`Restore beside the target`,
  'inspect-copy': safe`Inspect the copy`,
  sanitize: safe`Sanitize the copy`,
  'synchronize-beside': safe`Synchronize the copy`,
  'verify-sanitization': safe`Verify the sanitization`,
  'await-cutover': safe`Await the cutover`,
  'apply-target-settings': safe`Apply the target’s settings`,
  'stop-services': safe`Stop services`,
  swap: safe`Switch the databases`,
  'synchronize-database': safe`Synchronize the database`,
  'bring-online': safe`Bring online`,
} satisfies Record<StepName, Safe>;

export const en = {
  states,
  /** Instead of the state of a refresh that a later one has switched over. */
  replaced: safe`Replaced`,
  steps,
  times: (zone: Safe) => safe`🌐 Times are in ${zone}.`,
  /** Two lines of a fact: where the reader lives, and UTC. */
  instant: (at: Safe, zone: Safe, utc: Safe) => rich`**${at}** ${zone}\n\n${utc}`,
  ...plans,
  ...runs,
  ...ends,
  ...lists,
};
