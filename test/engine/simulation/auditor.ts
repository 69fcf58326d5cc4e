import type { Policy, Run } from '../../../engine/contracts.ts';
import type { ModelWorld } from '../../../engine/environments/model/world.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import type { Journal, Lease } from '../../../engine/journal/journal.ts';

/** A promise of the product that did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

const NAMES = ['axdb', 'mrdb'];
/** Nothing more happens by itself. */
const AT_REST: ReadonlySet<string> = new Set([
  'draft',
  'awaiting-approval',
  'completed',
  'signed-off',
  'failed',
  'rolled-back',
  'rollback-failed',
  'aborted',
]);

interface Rules {
  readonly now: () => string;
  readonly rollbackOnFailure: Policy['rollbackOnFailure'];
  readonly isFrozen: () => boolean;
}

/** Looks from outside, at the databases and the records alone; keeps its own notes of what was where. */
export interface Auditor {
  /** Before a worker changes something on the target's server. */
  touches(fence: number): void;
  /** After a lease was given. */
  leased(lease: Lease): void;
  /** After a record was accepted. */
  recorded(run: Run, event: RunEvent, lease: Lease | undefined): void;
  /** After everything that happens. */
  look(): Promise<void>;
  /** When all faults have ended and everybody has had time. */
  lookAtTheEnd(): Promise<void>;
}

export function createAuditor(
  world: ModelWorld,
  journal: Journal,
  { now, rollbackOnFailure, isFrozen }: Rules,
): Auditor {
  const production = world.fingerprint();
  const databases = () => world.databasesOf('uat');
  const standing = () => NAMES.map((name) => databases().get(name));
  const ids = () => standing().map((one) => one?.id ?? 'none');
  const atStart = new Map<string, readonly string[]>();
  const beforeSwitch = new Map<string, readonly string[]>();
  const proved = new Set<string>();
  const begun = new Set<string>();
  const sanitized = new Set<string>();
  let highestTouch = 0;
  let highestLease = 0;

  let broken: Violation | undefined;

  // Noted as well as thrown: a worker would take what is thrown in its hands for a trouble of its own.
  const demand = (holds: boolean, claim: string): void => {
    if (holds) return;
    broken ??= new Violation(claim);
    throw broken;
  };
  const same = (a: readonly string[] | undefined, b: readonly string[]) => a?.join() === b.join();

  const isClean = (id: string, rows: { prepare(sql: string): { get(): Record<string, unknown> | undefined } }) => {
    if (sanitized.has(id)) return true;
    const found = rows.prepare(`SELECT count(*) AS n FROM public."LOGISTICSELECTRONICADDRESS" WHERE "LOCATOR" <> ''`);
    if (Number(found.get()?.['n']) > 0) return false;
    sanitized.add(id);
    return true;
  };

  return {
    touches(fence) {
      demand(fence >= highestTouch, `S6: fence ${String(fence)} acted after fence ${String(highestTouch)}`);
      highestTouch = fence;
    },
    leased({ fence }) {
      highestLease = Math.max(highestLease, fence);
    },
    recorded(run, event, lease) {
      const { runId } = run;
      if (lease) demand(lease.fence === highestLease, `S6: a stale worker has recorded ${event.kind} of ${runId}`);
      if (event.kind === 'start') {
        demand(run.targetState !== 'old' || !isFrozen(), `S8: ${runId} has started while its sandbox is frozen`);
        atStart.set(runId, ids());
      }
      if (event.kind === 'step-started' && event.step === 'stop-services') {
        demand(begun.has(runId) || !isFrozen(), `S8: ${runId} begins its switch while its sandbox is frozen`);
        begun.add(runId);
      }
      // Tried again from before the switch, it begins anew.
      if (event.kind === 'retry' && run.targetState === 'old') begun.delete(runId);
      if (event.kind === 'step-done' && event.step === 'verify-sanitization') proved.add(runId);
      if (event.kind === 'closed' && standing().every((one) => one !== undefined && one.runId !== runId))
        beforeSwitch.set(runId, ids());
      if (event.kind === 'complete')
        demand(
          standing().every((one) => one?.runId === runId && one.isOpen),
          `S4: ${runId} is completed, but its databases are not in use under the target’s name`,
        );
      if (event.kind === 'rolled-back')
        demand(same(beforeSwitch.get(runId), ids()), `S7: ${runId} is rolled back to something else than before`);
      if (event.kind === 'stopped' && atStart.has(runId))
        demand(same(atStart.get(runId), ids()), `S4: ${runId} was stopped, but the target is not as it was`);
      if (event.kind === 'fail' && event.targetState === 'old')
        demand(same(atStart.get(runId), ids()), `S4: ${runId} says old, but the target is not as it was`);
    },
    async look() {
      if (broken) throw broken;
      const runs = await journal.runs({ target: 'uat' });
      const marks = new Set(standing().map((one) => (one ? (one.runId ?? 'its own') : 'none')));
      const isWhole = marks.size === 1 && !marks.has('none');
      const isOwnedUp = runs.some(
        (run) => run.targetState === 'closed' || run.targetState === 'none' || run.state === 'rollback-in-progress',
      );
      demand(isWhole || isOwnedUp, `S4: the target is ${[...marks].join(' and ')}, and no run says so`);
      for (const one of standing()) {
        if (one?.runId === undefined) continue;
        demand(proved.has(one.runId), `S2: the copy of ${one.runId} has the target’s name without proof`);
      }
      const application = databases().get('axdb');
      if (application?.runId !== undefined)
        demand(isClean(application.id, application.rows), `S2: addresses of production stand in the target`);
      for (const [name, { isOpen }] of databases())
        demand(!name.includes('__incoming_') || !isOpen, `S3: the copy ${name} is open`);
      for (const run of runs) demandPrevious(run);
      const generations = runs.flatMap(({ generation }) => (generation === undefined ? [] : [generation]));
      demand(new Set(generations).size === generations.length, 'S5: two runs share one switch');
    },
    async lookAtTheEnd() {
      demand(world.fingerprint() === production, 'S1: production was changed');
      const runs = await journal.runs({ target: 'uat' });
      for (const run of runs) {
        demand(AT_REST.has(run.state), `L1: ${run.runId} is still ${run.state}`);
        const records = await journal.records(run.runId);
        demand(records.length === run.version - 1, `S9: ${run.runId} has changed without a record`);
      }
      const forgotten = runs.find((run) => run.state === 'failed' && run.targetState !== 'old' && !run.acceptedBy);
      demand(
        rollbackOnFailure === 'offered' || forgotten === undefined,
        `L1: ${forgotten?.runId ?? ''} has failed behind the switch, and its automatic rollback never came`,
      );
      const extra = [...databases().keys()].filter((name) => !NAMES.includes(name));
      const isWaiting = (run: Run) =>
        run.state === 'rollback-failed' || (run.state === 'failed' && run.targetState !== 'old');
      const left = extra.filter((name) => !runs.some((run) => name.endsWith(run.runId) && isWaiting(run)));
      demand(left.length === 0, `L1: ${left.join(', ')} is left behind`);
      if (!runs.some(isWaiting))
        demand(
          standing().every((one) => one?.isOpen),
          'L1: the target is not in use, and nobody is told',
        );
    },
  };

  /** S8: kept while the run is neither signed off nor over, and as long as nobody has decided about a failed switch. */
  function demandPrevious(run: Run): void {
    if (run.generation === undefined || run.isPreviousRetired) return;
    const isKept = run.state === 'completed' && (run.previousKeptUntil ?? '') > now();
    const isOnlyWayBack = (run.state === 'failed' || run.state === 'rollback-failed') && run.acceptedBy === undefined;
    if (!isKept && !isOnlyWayBack) return;
    for (const name of NAMES) {
      const isSwitched = isKept || databases().get(name)?.runId === run.runId;
      demand(
        !isSwitched || databases().has(`${name}__previous_${run.runId}`),
        `S8: the previous ${name} of ${run.runId} (${run.state}) is gone`,
      );
    }
  }
}
