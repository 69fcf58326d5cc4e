import type { Run, Schedule } from '../../engine/contracts.ts';
import { hasRoleFor, isUndecided, knownAs } from '../../engine/contracts/mayBeDone/index.ts';
import { whyNotCovered, type NotCovered } from '../../engine/journal/schedules/standing.ts';
import { asSchedule } from './asSchedule.ts';
import type { TickerParts } from './tickerParts.ts';

const UNDECIDED = ['failed', 'rollback-failed'] as const;
const LOOKED_AT = 20;

/**
 * Approves a plan in the name of whoever has approved in advance, where their word covers it. One that covers nothing any more is
 * taken away, and the occurrence asks like any other.
 */
export async function approveInAdvance(parts: TickerParts, schedule: Schedule, run: Run): Promise<void> {
  const { desk, journal, installation, clock, log } = parts;
  const { standing } = schedule;
  if (!standing || !run.plan || run.state !== 'awaiting-approval') return;
  // Where two approve, the second is asked.
  if (run.firstApproval) return;
  const sandbox = installation.sandboxes.find(({ name }) => name === run.target);
  if (!sandbox) return;
  const hasRole = hasRoleFor('approve', sandbox, knownAs(installation.people, standing.by));
  const lapsed: NotCovered | undefined = !desk.isStandingAuthentic(schedule)
    ? { cause: 'unsigned', why: 'it does not carry the bot’s signature', isVoid: true }
    : hasRole
      ? whyNotCovered(standing, run.plan, clock.now())
      : { cause: 'role-lost', why: `${standing.by.name} may no longer approve`, isVoid: true };
  if (lapsed?.isVoid) {
    log.warn('standing-approval-void', { schedule: schedule.number, why: lapsed.cause });
    await journal.endStanding(schedule.number, lapsed.why);
    return;
  }
  if (lapsed) {
    log.info('standing-approval-asks', { runId: run.runId, why: lapsed.cause });
    return;
  }
  const runs = await journal.runs({ target: run.target, states: UNDECIDED, limit: LOOKED_AT });
  if (runs.some(isUndecided)) return;
  const person = asSchedule(schedule, standing.by);
  const comment = `Approved in advance on ${standing.at}, until ${standing.until}`;
  await desk.approve(person, run.runId, run.plan.digest, comment);
}
