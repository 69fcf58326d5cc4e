import type { RunState, StepName } from '../../engine/contracts.ts';
import { rich, safe, type Md, type Safe } from '../text.ts';
import { access } from './en/access.ts';
import { announced } from './en/announced.ts';
import { ends } from './en/ends.ts';
import { exceptions } from './en/exceptions.ts';
import { lists } from './en/lists.ts';
import { packs } from './en/packs.ts';
import { plans } from './en/plans.ts';
import { profile } from './en/profile.ts';
import { rights } from './en/rights.ts';
import { runs } from './en/runs.ts';
import { schedules } from './en/schedules.ts';

const states = {
  draft: safe`Draft`,
  'awaiting-approval': safe`Awaiting approval`,
  queued: safe`Queued`,
  'in-progress': safe`In progress`,
  'awaiting-exception': safe`Waits for a decision`,
  'awaiting-cutover': safe`Ready to switch`,
  completed: safe`Completed`,
  'signed-off': safe`Signed off`,
  failed: safe`Failed`,
  'rollback-in-progress': safe`Rolling back`,
  'rolled-back': safe`Rolled back`,
  'rollback-failed': safe`Rollback failed`,
  aborted: safe`Ended`,
} satisfies Record<RunState, Safe>;

/** Titles of the runbook's steps; numbered by their place in STEP_NAMES. */
const steps = {
  'check-prerequisites': safe`Check prerequisites`,
  'restore-beside': safe`Restore beside the sandbox`,
  'inspect-copy': safe`Check the copy`,
  sanitize: safe`Sanitize the copy`,
  'synchronize-beside': safe`Synchronize the copy`,
  'verify-sanitization': safe`Prove the sanitization`,
  'await-cutover': safe`Wait for the switch`,
  'apply-target-settings': safe`Carry over the sandbox’s settings`,
  'stop-services': safe`Stop services`,
  swap: safe`Switch the databases`,
  'synchronize-database': safe`Synchronize the database`,
  'bring-online': safe`Bring the sandbox online`,
} satisfies Record<StepName, Safe>;

export const en = {
  states,
  /** Behind what was brought with something in it that a proof has found. */
  withExceptions: (state: Safe) => safe`${state}, with exceptions`,
  /** Instead of the state of a refresh that a later one has switched over. */
  replaced: safe`Replaced`,
  steps,
  stepAgain: (title: Safe) => safe`${title} once more`,
  times: (zone: Safe) => safe`🌐 Times are in ${zone}.`,
  inTerminal: (name: Md, host: Md, account: Md) => rich`${name} (in the terminal of ${host}, as account ${account})`,
  bySchedule: (name: Md, schedule: Safe) => rich`${name} (by schedule ${schedule})`,
  /** Two lines of a fact: where the reader lives, and UTC. */
  instant: (at: Safe, zone: Safe, utc: Safe) => rich`**${at}** ${zone}\n\n${utc}`,
  instantInUtc: (at: Safe) => rich`**${at}** UTC`,
  ...plans,
  ...packs,
  ...profile,
  ...runs,
  ...ends,
  ...lists,
  ...announced,
  ...exceptions,
  ...rights,
  ...schedules,
  ...access,
};
