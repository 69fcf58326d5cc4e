import { holdOf, TRANSITIONS } from '../../journal/events.ts';
import type { Installation, Sandbox } from '../environments.ts';
import type { Freeze } from '../freezes.ts';
import type { Reservation } from '../reservations.ts';
import type { Actor, Instant, Person } from '../people.ts';
import type { Run } from '../runs.ts';
import { approversWanted, handsIn, isUnacknowledged } from './approvals.ts';
import { partiesOf } from './exceptions.ts';
import { frozen, isInForce, isRefusedByFreeze } from './freezing.ts';
import { accountOf, approversLeft, isSamePerson, knownAs, shapersOf } from './people.ts';
import type { Refusal } from './refusal.ts';
import { ofReservation, reservationOf } from './reserving.ts';
import { hasRoleFor, idsWithRoles, wordsFor, type Deed } from './roles.ts';
import { isInRestoreWithoutStop, isPastNoReturn, isWholeBehindSwitch } from './standing.ts';
import { wayBackOf } from './wayBack.ts';

/** What environments.yaml says about the run's sandbox and its people. */
export type House = Pick<Installation, 'people' | 'terminalApproval'> & { readonly sandbox: Sandbox };

export interface Situation {
  readonly now: Instant;
  /** Who asks; left out, the answer is about the run alone. */
  readonly actor?: Actor;
  /** Left out by the journal, which knows no file: roles, and whoever is left to approve, are the desk's to ask. */
  readonly house?: House;
  /** The journal's row of the target; left out where only the run is known, whose `replacedBy` stands for it. */
  readonly hold?: {
    readonly heldBy?: string;
    readonly generation: number;
    readonly freeze?: Freeze;
    readonly reservation?: Reservation;
  };
  /** Of the plan that was shown, for whoever decides about one. */
  readonly digest?: string;
}

/**
 * What may be done with a run, by whom and when: the journal refuses by this, and cards, terminal and housekeeping offer by it.
 * Undefined: it may be done.
 */
export function whyNot(run: Run, deed: Deed, situation: Situation): Refusal | undefined {
  return (
    ofRole(deed, situation) ??
    ofState(run, deed) ??
    RULES[deed]?.(run, situation) ??
    (holdOf(deed, run.scheduled !== undefined) === 'take' ? ofHold(run, situation) : undefined) ??
    ofFreeze(run, deed, situation)
  );
}

/** Whether somebody whom the file names may do it: what the card of a whole conversation offers. */
export function mayAnybody(run: Run, deed: Deed, situation: Situation & { readonly house: House }): boolean {
  return namedIn(situation.house).some((actor) => whyNot(run, deed, { ...situation, actor }) === undefined);
}

/** The same for a new draft, planned again from `former` or from nothing. */
export function whyNotDraft(
  former: Run | undefined,
  { house, actor }: Pick<Situation, 'house' | 'actor'>,
  isUrgent = false,
): Refusal | undefined {
  if (!house || !actor) return undefined;
  const asked = ['draft', ...(isUrgent ? ['urgent'] : [])].find((each) => !hasRoleFor(each, house.sandbox, actor));
  if (asked !== undefined) return { code: 'not-allowed', what: wordsFor(asked) };
  return ofApproversLeft(former ? shapersOf(former) : [], { house, actor }, isUrgent);
}

/** Everybody with a role for the sandbox, as they would come by Teams. */
export function namedIn({ sandbox, people }: House): readonly Actor[] {
  const { tenantId } = sandbox.administrator;
  return idsWithRoles(sandbox).map((id) => knownAs(people, { id, tenantId, name: id }));
}

const OUTDATED: Refusal = { code: 'outdated-request' };

function ofRole(deed: Deed, { house, actor }: Situation): Refusal | undefined {
  if (!house || !actor || hasRoleFor(deed, house.sandbox, actor)) return undefined;
  return { code: 'not-allowed', what: wordsFor(deed) };
}

function ofState(run: Run, deed: Deed): Refusal | undefined {
  const from: readonly string[] = TRANSITIONS[deed].from;
  return from.includes(run.state) ? undefined : OUTDATED;
}

function ofHold({ runId }: Run, { hold }: Situation): Refusal | undefined {
  if (hold?.heldBy === undefined || hold.heldBy === runId) return undefined;
  return { code: 'target-busy', heldBy: hold.heldBy };
}

function ofFreeze(run: Run, deed: Deed, { hold, now }: Situation): Refusal | undefined {
  const freeze = hold?.freeze;
  return isRefusedByFreeze(run, deed) && isInForce(freeze, now) ? frozen(freeze) : undefined;
}

/** Conditions beyond role and state. */
const RULES: Readonly<Partial<Record<Deed, (run: Run, situation: Situation) => Refusal | undefined>>> = {
  'choose-moment': (run, situation) =>
    run.isPlanning || isOfSchedule(run, situation) ? OUTDATED : ofShaper(run, situation),
  confirm: (run, situation) =>
    ofTime(run, situation) ??
    ofPlan(run, situation) ??
    ofShaper(run, situation) ??
    ofReservation(reservationOf(situation.hold, situation.now), situation.actor),
  approve: (run, situation) =>
    run.isUrgent ? OUTDATED : (ofTime(run, situation) ?? ofApprover(run, situation) ?? ofDigest(run, situation)),
  halt: (run) => (run.isUrgent ? undefined : OUTDATED),
  // Urgent, it is stopped, by whomever.
  reject: (run) => (run.isUrgent ? OUTDATED : undefined),
  acknowledge: (run, { actor }) => {
    if (!isUnacknowledged(run)) return OUTDATED;
    return hadAHand(actor, shapersOf(run)) ? { code: 'own-approval', deed: 'acknowledge' } : undefined;
  },
  'accept-findings': (run, situation) =>
    ofTime(run, situation) ??
    (run.stopRequestedBy ? OUTDATED : undefined) ??
    ofOwner(run, situation) ??
    ofFindings(run, situation),
  stop(run) {
    if (isPastNoReturn(run)) return { code: 'point-of-no-return' };
    if (isInRestoreWithoutStop(run)) return { code: 'restore-not-stoppable' };
    return run.stopRequestedBy ? OUTDATED : undefined;
  },
  'switch-now': (run) => (run.cutover?.pressedBy || run.stopRequestedBy ? OUTDATED : undefined),
  retry: ofRetry,
  'roll-back': ofRollback,
  // A refresh that failed before its switch holds nothing; a rollback that failed holds the target whatever stands there.
  accept: (run) => ((run.state === 'failed' && run.targetState === 'old') || run.acceptedBy ? OUTDATED : undefined),
  // What a later run has switched over is out of people's hands until that one is rolled back.
  'sign-off': (run) => (run.replacedBy ? OUTDATED : undefined),
  'tick-item': (run) => (run.replacedBy || run.checklist.length === 0 ? OUTDATED : undefined),
};

/** The moment of an occurrence follows from its rule: a person who wants another one asks for a refresh. */
const isOfSchedule = ({ scheduled }: Run, { actor }: Situation): boolean =>
  scheduled !== undefined && actor?.way?.kind !== 'schedule';

/** Between its end and the reconciler's next round a draft or an approval is over all the same. */
function ofTime({ expiresAt }: Run, { now }: Situation): Refusal | undefined {
  return expiresAt !== undefined && expiresAt <= now ? { code: 'expired', at: expiresAt } : undefined;
}

function ofPlan(run: Run, situation: Situation): Refusal | undefined {
  if (!run.plan || run.isPlanning) return { code: 'plan-missing' };
  const blocked = run.plan.checks.filter((check) => check.outcome === 'blocked').map(({ title }) => title);
  return ofDigest(run, situation) ?? (blocked.length > 0 ? { code: 'plan-blocked', checks: blocked } : undefined);
}

function ofDigest({ plan }: Run, { digest }: Situation): Refusal | undefined {
  return digest !== undefined && plan?.digest !== digest ? { code: 'plan-changed' } : undefined;
}

function ofShaper(run: Run, situation: Situation): Refusal | undefined {
  const { house, actor } = situation;
  if (run.isUrgent && house && actor && !hasRoleFor('urgent', house.sandbox, actor))
    return { code: 'not-allowed', what: wordsFor('urgent') };
  return ofApproversLeft(shapersOf(run), situation, run.isUrgent);
}

/** Shaping a plan that nobody could approve afterwards leads nowhere: a new draft does. */
function ofApproversLeft(
  shapers: readonly Person[],
  { house, actor }: Pick<Situation, 'house' | 'actor'>,
  isUrgent = false,
): Refusal | undefined {
  if (!house) return undefined;
  const isEnough = approversLeft(shapers, house, actor).length >= approversWanted(house.sandbox, isUrgent);
  return isEnough ? undefined : { code: 'nobody-left' };
}

/** Another copy, or another look at it, has found something else since. */
function ofFindings({ askedException }: Run, { digest }: Situation): Refusal | undefined {
  return digest !== undefined && askedException?.digest !== digest ? OUTDATED : undefined;
}

function ofApprover(run: Run, situation: Situation): Refusal | undefined {
  const { actor } = situation;
  if (hadAHand(actor, shapersOf(run))) return { code: 'own-approval', deed: 'approve' };
  if (run.firstApproval && hadAHand(actor, [run.firstApproval.by])) return { code: 'approved-already' };
  return ofAccount(handsIn(run), situation);
}

function ofOwner(run: Run, situation: Situation): Refusal | undefined {
  if (hadAHand(situation.actor, partiesOf(run))) return { code: 'own-exception' };
  return ofAccount(partiesOf(run), situation);
}

const hadAHand = (actor: Actor | undefined, hands: readonly Person[]): boolean =>
  actor !== undefined && hands.some((one) => isSamePerson(actor, one));

/** At a terminal, whoever decides is told apart from those before them by more than a name. */
function ofAccount(hands: readonly Person[], { actor, house }: Situation): Refusal | undefined {
  if (!actor) return undefined;
  const account = accountOf(actor);
  if (account === undefined) return undefined;
  if (house && house.terminalApproval !== true) return { code: 'terminal-approval-off' };
  const isAccountOf = house?.people.filter(({ osAccounts }) => osAccounts.includes(account)) ?? [];
  const isShared = isAccountOf.length > 1 || hands.some((one) => accountOf(one) === account);
  return isShared ? { code: 'shared-account', account } : undefined;
}

function ofRetry(run: Run, { now, hold }: Situation): Refusal | undefined {
  const no = (why: string): Refusal => ({ code: 'retry-impossible', why });
  if (run.failure?.code === 'plan-drifted') return no('what it would do is no longer what was approved');
  if (run.targetState !== 'old') {
    if (run.acceptedBy) return no('somebody took the target over by hand');
    if (!isWholeBehindSwitch(run)) return no('its switch is not whole');
    return isNewest(run, hold) ? undefined : no(`${run.target} has been refreshed again since`);
  }
  return !run.copyKeptUntil || run.copyKeptUntil <= now ? no('its copy is gone') : undefined;
}

function ofRollback(run: Run, { hold, now }: Situation): Refusal | undefined {
  const no = (why: string): Refusal => ({ code: 'rollback-impossible', why });
  if (run.generation === undefined) return no('it has not switched anything');
  if (!isNewest(run, hold)) return no(`${run.target} has been refreshed again since`);
  // Who is the newest was asked above, of whoever knows best: the run may not have been told yet that it is so again.
  const way = wayBackOf({ ...run, replacedBy: undefined }, now);
  return way.kind === 'none' ? no('the previous database is no longer kept') : undefined;
}

/** Whether the target holds what this run has switched to. */
const isNewest = ({ generation, replacedBy }: Run, hold: Situation['hold']): boolean =>
  hold ? generation === hold.generation : replacedBy === undefined;
