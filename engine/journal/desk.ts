import type { Desk } from './deskDeeds.ts';
import {
  REWIND,
  URGENT_DELAY_MS,
  type Actor,
  type Installation,
  type Instant,
  type Person,
  type Policy,
  type Run,
  type Sandbox,
} from '../contracts.ts';
import {
  approvalsNeeded,
  firstApprovalOf,
  isDeed,
  isInForce,
  knownAs,
  personOf,
  whyNot,
  whyNotDraft,
  type House,
} from '../contracts/mayBeDone/index.ts';
import { authorise } from './authority.ts';
import { dayOf } from '../dayOf.ts';
import { nearestWord } from '../nearestWord.ts';
import {
  FrozenError,
  NobodyLeftError,
  OutdatedRequestError,
  ReasonMissingError,
  RunNotFoundError,
  SourceNotListedError,
  UnknownTargetError,
} from './errors.ts';
import type { RunEvent } from './events.ts';
import type { Journal } from './journal.ts';
import { createScheduleDesk, DRAFT_STAYS_MS } from './schedules/scheduleDesk.ts';
import type { SignDecision } from './signatures.ts';
import { errorOf, OF_THE_FILE, refuseEndless, refuseIncomplete } from './rule/refusals.ts';
import { ProductionTargetError } from './rule/requestErrors.ts';

/** Wakes workers. Answers at once and never rejects: while the queue is away, what is recorded is found by the reconciler. */
export interface WakeUp {
  /** A worker makes the plan of a draft. */
  plan(run: Run): Promise<void>;
  /** A worker goes on with a run: start, resume, stop, roll back; what to do is read from the journal. */
  proceed(run: Run): Promise<void>;
}

export interface DeskParts {
  readonly journal: Journal;
  /** Read at every question, so that a file that has changed counts at once. */
  readonly installation: Pick<Installation, 'people' | 'sandboxes' | 'terminalApproval'> &
    Partial<Pick<Installation, 'sources'>>;
  readonly wake: WakeUp;
  readonly now: () => Instant;
  /** `unsigned` where people are known by no more than an account of the operating system, or no key was given. */
  readonly sign: SignDecision | 'unsigned';
}

export function createDesk({ journal, installation, wake, now, sign }: DeskParts): Desk {
  const sandbox = (target: string): Sandbox => {
    const { sandboxes, sources = [] } = installation;
    const found = sandboxes.find((one) => one.name === target);
    if (found) return found;
    const names = sandboxes.map((one) => one.name);
    const production = sources.find((one) => one.name === target && one.kind === 'production');
    if (production) throw new ProductionTargetError(production.title, names);
    throw new UnknownTargetError(names, nearestWord(target, names));
  };

  const isNamed = (target: string): boolean => installation.sandboxes.some(({ name }) => name === target);

  const house = (target: string): House => {
    const { people, terminalApproval = false } = installation;
    return { sandbox: sandbox(target), people, terminalApproval };
  };

  const actorOf = (person: Person): Actor => knownAs(installation.people, person);

  const find = async (runId: string): Promise<Run> => {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    return run;
  };

  const signed = sign === 'unsigned' ? {} : { sign };

  const ask = async (person: Person, runId: string, make: (policy: Policy, run: Run) => RunEvent): Promise<Run> => {
    const run = await find(runId);
    const target = sandbox(run.target);
    const event = make(target.policy, run);
    const deed = event.kind === 'approve-first' ? 'approve' : event.kind;
    const actor = actorOf(person);
    authorise(target, actor, deed);
    const digest = 'digest' in event ? event.digest : undefined;
    const situation = { now: now(), actor, house: house(run.target), ...(digest === undefined ? {} : { digest }) };
    // What only the file can say; of everything else the journal decides, on the run as it is then.
    const refusal = isDeed(deed) ? whyNot(run, deed, situation) : undefined;
    if (refusal && OF_THE_FILE.has(refusal.code)) throw errorOf(refusal, run, deed, target.title);
    if (event.kind === 'confirm') refuseIncomplete(run, event.reason, target);
    return journal.record(runId, event, { actor, ...signed });
  };

  /** The first of two, or the one that starts the run: which it is may change while somebody reads. */
  const approve = async (person: Person, runId: string, said: { digest: string; comment?: string }): Promise<Run> => {
    for (let tries = 1; ; tries += 1)
      try {
        return await ask(person, runId, (_, run) => {
          const first = firstApprovalOf(run, house(run.target));
          if (approvalsNeeded(run) !== 2 || first) return { kind: 'approve', ...said };
          const insteadOf = run.firstApproval ? { insteadOf: run.firstApproval.by.id } : {};
          return { kind: 'approve-first', ...said, ...insteadOf };
        });
      } catch (error) {
        const isStillOpen = error instanceof OutdatedRequestError && (await find(runId)).state === 'awaiting-approval';
        if (!isStillOpen || tries === 3) throw error;
      }
  };

  /** Where this is not recorded, whoever looks next records it; where the file wants somebody by then, somebody approves it. */
  const goAhead = async (run: Run): Promise<Run> => {
    if (run.isUrgent || approvalsNeeded(run) !== 0 || !isNamed(run.target)) return run;
    if (sandbox(run.target).policy.approvals !== 'none') return run;
    try {
      const going = await journal.record(run.runId, { kind: 'go-ahead' }, { actor: REWIND, ...signed });
      await wake.proceed(going);
      return going;
    } catch (error) {
      if (!(error instanceof OutdatedRequestError)) throw error;
      // Somebody else has recorded it, or decided otherwise, in the same moment.
      return find(run.runId);
    }
  };

  const askAndWake = async (
    person: Person,
    runId: string,
    make: (policy: Policy, run: Run) => RunEvent,
  ): Promise<Run> => {
    const run = await ask(person, runId, make);
    await wake.proceed(run);
    return run;
  };

  return {
    sandbox,
    house,
    async draft(person, target, zone, former, from, { isUrgent = former?.isUrgent, pressed } = {}) {
      const { name, title, sources, policy } = sandbox(target);
      const actor = actorOf(person);
      authorise(sandbox(target), actor, 'draft');
      const source = from ?? sources[0] ?? '';
      if (!sources.includes(source)) throw new SourceNotListedError(sandbox(target), source);
      if (isUrgent) authorise(sandbox(target), actor, 'urgent');
      if (whyNotDraft(former, { house: house(target), actor }, isUrgent)) throw new NobodyLeftError(title);
      const { freeze } = await journal.hold(name);
      if (isInForce(freeze, now())) throw new FrozenError(title, freeze);
      const expiresAt = later(now(), policy.draftExpiresMs);
      const plannedAgainFrom = former === undefined ? {} : { plannedAgainFrom: former.runId };
      const requestedBy = personOf(actor);
      return journal.draft({
        ...{ target: name, source, requestedBy, zone, expiresAt },
        ...{ ...plannedAgainFrom, ...(isUrgent ? { isUrgent } : {}), ...(pressed === undefined ? {} : { pressed }) },
      });
    },
    ...createScheduleDesk({ journal, now, sign, sandbox, isNamed, actorOf }),
    async chooseMoment(person, runId, at) {
      const run = await ask(person, runId, (policy, { scheduled }) => ({
        kind: 'choose-moment',
        at,
        expiresAt: scheduled ? later(scheduled.at, DRAFT_STAYS_MS) : later(now(), policy.draftExpiresMs),
      }));
      await wake.plan(run);
      return run;
    },
    confirm: async (person, runId, digest, reason) =>
      goAhead(
        await ask(person, runId, (policy, { isUrgent, scheduled }) => ({
          ...{ kind: 'confirm', digest, reason },
          expiresAt: scheduled?.at ?? later(now(), isUrgent ? urgentDelayOf(policy) : policy.approvalExpiresMs),
          ...(isUrgent ? { isUrgent } : {}),
        })),
      ),
    goAhead,
    keep: (person, runId) => ask(person, runId, () => ({ kind: 'keep' })),
    async approve(person, runId, digest, comment = '') {
      const run = await approve(person, runId, { digest, ...(comment.trim() === '' ? {} : { comment }) });
      if (run.state === 'queued') await wake.proceed(run);
      return run;
    },
    halt: (person, runId) => ask(person, runId, () => ({ kind: 'halt' })),
    acknowledge: (person, runId) => ask(person, runId, () => ({ kind: 'acknowledge' })),
    reject: (person, runId, reason) =>
      ask(person, runId, () => {
        if (reason.trim() === '') throw new ReasonMissingError(runId);
        return { kind: 'reject', reason };
      }),
    stop: (person, runId) => askAndWake(person, runId, () => ({ kind: 'stop' })),
    acceptFindings: (person, runId, accepted) =>
      askAndWake(person, runId, (_, run) => {
        refuseEndless(runId, accepted, dayOf(now(), sandbox(run.target).timeZone));
        return { kind: 'accept-findings', ...accepted, reason: accepted.reason.trim() };
      }),
    switchNow: (person, runId) =>
      askAndWake(person, runId, (policy, run) => ({
        kind: 'switch-now',
        // Of a switch that is due as soon as possible people have been warned already.
        at: run.cutover?.kind === 'when-ready' ? now() : later(now(), policy.cutoverWarningMs),
      })),
    retry: (person, runId) => askAndWake(person, runId, () => ({ kind: 'retry' })),
    rollBack: (person, runId) => askAndWake(person, runId, () => ({ kind: 'roll-back' })),
    accept: (person, runId) => ask(person, runId, () => ({ kind: 'accept' })),
    signOff: (person, runId) => ask(person, runId, () => ({ kind: 'sign-off' })),
    tickItem: (person, runId, n) => ask(person, runId, () => ({ kind: 'tick-item', n })),
  };
}

const urgentDelayOf = ({ urgentDelayMs = URGENT_DELAY_MS }: Policy): number => urgentDelayMs;

/** An instant `ms` milliseconds after another. */
export function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}
