import type { Instant, Run, Sandbox, Schedule, Skip } from '../../engine/contracts.ts';
import {
  approversLeft,
  approversWanted,
  isInForce,
  knownAs,
  missingIn,
} from '../../engine/contracts/mayBeDone/index.ts';
import type { BotParts } from '../parts.ts';
import { whyNothing } from '../../engine/journal/schedules/whyNothing.ts';
import { noLonger } from '../../engine/schedules/noLonger.ts';
import { whyNotUnattended } from '../../engine/schedules/unattended.ts';

export interface Skipped {
  readonly why: Skip;
  readonly detail: string;
}

/** What keeps the occurrences of a schedule from coming about at the moment, whatever their plans say; undefined: nothing. */
export async function whatHinders(
  { journal, desk, installation }: Pick<BotParts, 'journal' | 'desk' | 'installation'>,
  schedule: Schedule,
  now: Instant,
): Promise<Skipped | undefined> {
  const { target, by, reason } = schedule;
  const sandbox = installation.sandboxes.find(({ name }) => name === target);
  if (!sandbox) return { why: 'sandbox-gone', detail: `environments.yaml names no ${target} any more` };
  if (!desk.isAuthentic(schedule))
    return { why: 'not-signed', detail: 'Set it up again: by another key than the bot’s it is nobody’s word' };
  const hold = await journal.hold(target);
  const { freeze } = hold;
  if (isInForce(freeze, now)) return { why: 'frozen', detail: `Until ${freeze.until}: ${freeze.reason}` };
  const over = noLonger(by, sandbox, installation, { hold, now });
  if (over) return over;
  const left = approversLeft([], { sandbox, people: installation.people }, knownAs(installation.people, by));
  if (left.length < approversWanted(sandbox))
    return {
      why: 'not-allowed',
      detail: `Beside ${by.name} there are not enough people who may approve for ${sandbox.title}`,
    };
  if (missingIn(reason, sandbox.requests))
    return { why: 'blocked', detail: `${sandbox.title} asks for a reason or a ticket, and the schedule names none` };
  return unattended(sandbox);
}

function unattended(sandbox: Sandbox): Skipped | undefined {
  const why = whyNotUnattended(sandbox);
  if (why === undefined) return undefined;
  const detail =
    why === 'nobody-on-call'
      ? 'Nothing would bring it back after a failure: neither rollbackOnFailure: automatic, nor anybody on call'
      : 'Its switch waits for a click';
  return { why: 'unattended', detail };
}

/** Why nothing has come of a run whose time has come. */
export function whyOverdue(run: Run, hindrance: Skipped | undefined): Skipped {
  const { why, reason } = whyNothing(run);
  return hindrance ?? { why, detail: reason };
}
