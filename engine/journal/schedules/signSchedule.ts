import type { Schedule, Signature, StandingApproval } from '../../contracts.ts';
import type { SignDecision } from '../signatures.ts';
import type { NewSchedule } from './schedules.ts';

/**
 * What was said when a schedule was set up: whoever can write the journal could otherwise write that somebody else asks every week,
 * and approve it themselves. A record's signature names a run; this one names none.
 */
export function signSchedule(schedule: NewSchedule | Schedule, sign: SignDecision): Signature {
  const { by, target, source, rule, reason, conversation } = schedule;
  return sign(statement('schedule', by, { target, source, rule, reason, conversation }));
}

/** Somebody's word for coming plans of one schedule: the schedule is named by its own signature. */
export function signStanding(
  { by, at, until, binds, findings }: Omit<StandingApproval, 'signature'>,
  schedule: Schedule,
  sign: SignDecision,
): Signature {
  const of = { number: schedule.number, signature: schedule.signature?.value ?? '' };
  return sign(statement('standing-approval', by, { of, at, until, binds, findings }));
}

/** Signed by this very key: signatures of Ed25519 are the same each time. */
export const isSame = (one: Signature | undefined, other: Signature): boolean =>
  one?.key === other.key && one.value === other.value;

const statement = (event: string, actor: Schedule['by'], data: unknown): Parameters<SignDecision>[0] => ({
  ...{ runId: 'schedule', seq: 0, at: '', previousHash: '' },
  ...{ actor, event, data },
});
