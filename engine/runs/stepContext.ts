import type { CommandName, Instant, Progress, Run, StepName } from '../contracts.ts';
import { repeatUntil } from '../commands/repeatUntil.ts';
import { prepareCommand } from './prepareCommand.ts';
import { runCommand } from '../commands/runCommand.ts';
import type { Lease } from '../journal/journal.ts';
import { REWIND } from '../contracts.ts';
import type { RunEvent } from '../journal/events.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { driftOf, restoreOf } from '../planning/drift.ts';
import { lookAhead, type Outlook } from '../planning/formers.ts';
import { checkCopy, checkSource } from '../planning/checkSource.ts';
import { believedExceptions } from './exceptions/believed.ts';
import { judgeFindings, occasionOf } from './exceptions/judge.ts';
import { isFrozen } from './frozen.ts';
import { sourceNow } from '../planning/sandboxSource.ts';
import { retireEarly } from './retire.ts';
import { notAccepted } from '../proofs/exceptions.ts';
import { keepProfileList } from '../planning/profileLists.ts';
import { packsUnder } from '../sanitization/profile/underProfile.ts';
import { nextMaskKey } from '../sanitization/masks/stableMasks.ts';
import type { RunLog } from './runLog.ts';
import { checkRunReport, makeRunReport } from './runReport.ts';
import type { StepContext } from './step.ts';

/** `handed-back`: the worker had to let go (shutdown, lost lock); the run is as it was at its last checkpoint. */
export type ProceedResult = 'done' | 'handed-back';

/** What a worker brings to one run. */
export interface Work {
  readonly parts: EngineParts;
  readonly lease: Lease;
  readonly log: RunLog;
  readonly report: (progress: Progress) => void;
}

/** A run that got this far has a moment and a plan; the transitions see to it. */
export function momentOf(run: Run): Instant {
  if (run.at === undefined) throw new TypeError(`${run.runId} has no recovery point`);
  return run.at;
}

const COMMAND_TITLES: Readonly<Record<CommandName, string>> = {
  stopServices: 'Stopping the services',
  startServices: 'Starting the services',
  checkHealth: 'The health check',
  synchronize: 'The database synchronization',
  announce: 'The announcement',
};

/** The tools of a step, bound to one run, one lease and one signal. */
export function stepContext(work: Work, run: Run, step: StepName | 'rollback', signal: AbortSignal): StepContext {
  const { parts, lease, log, report } = work;
  const { source, target, provider } = pairOf(parts, run.target, run.source);
  const { plan } = run;
  if (!plan) throw new TypeError(`${run.runId} has no plan`);
  const record = async (event: RunEvent): Promise<Run> => {
    // A record binds the lines that were written before it.
    await log.flush();
    return parts.journal.record(run.runId, event, { actor: REWIND, lease });
  };
  const write = (text: string) => log.write(step, text);
  const progress = (percent: number | undefined, detail: string) => {
    // A platform that only knows phases would let people wait for a percentage that means nothing.
    const isKnown = percent !== undefined && provider.guarantees.progress === 'percent';
    report({ runId: run.runId, step, detail, ...(isKnown ? { percent } : {}) });
  };
  const say = (sentence: string) => {
    write(sentence);
    progress(undefined, sentence);
  };
  const writer = provider.open(target, { runId: run.runId, fence: lease.fence, signal, say }, source);
  const remembered: Record<string, string> = { ...run.remembered };
  let restore: Promise<Outlook> | undefined;
  const restorePlan = () =>
    (restore ??= lookAhead(parts, { source, target, provider }, momentOf(run)).catch((error: unknown) => {
      // Whoever tries the step again asks again.
      restore = undefined;
      throw error;
    }));

  return {
    run,
    plan,
    source,
    target,
    provider,
    packs: packsUnder(target.profile, parts.packs(target.packs)),
    maskKey: () => nextMaskKey(target, parts.stableMasks),
    now: () => parts.clock.now(),
    signal,
    observe: () => writer.observe(),
    act: async (action) =>
      writer.act(action, {
        source: action === 'restore' ? await sourceNow(parts, source) : source,
        at: momentOf(run),
        remembered,
        remember: async (key, value) => {
          remembered[key] = value;
          await record({ kind: 'remember', key, value });
        },
        progress,
        log: write,
      }),
    retirePrevious: async (runId) => {
      const earlier = await parts.journal.run(runId);
      if (earlier === undefined || earlier.isPreviousRetired) return;
      await retireEarly(parts, earlier, 'previous', { lease, signal });
      write(
        `The former databases of ${runId} are dropped, as the approved plan says; ${runId} can no longer be rolled back`,
      );
    },
    dropCopyOf: async (runId) => {
      const earlier = await parts.journal.run(runId);
      const { artefacts } = await writer.observe();
      if (earlier === undefined || !artefacts.some((one) => one.role === 'incoming' && one.runId === runId)) return;
      await retireEarly(parts, earlier, 'copy', { lease, signal });
      write(`The kept copy of ${runId} is dropped; ${runId} can no longer be retried`);
    },
    session: (side, role) => writer.session(side, role),
    read: (side, role) => writer.read(side, role),
    checkIntegrity: (depth) => writer.checkIntegrity(depth),
    command: async (name, side, { untilItSucceeds = false, variables = {} } = {}) => {
      const command = target.commands[name];
      if (!command) return undefined;
      const title = `${COMMAND_TITLES[name]} of ${target.name}`;
      write(`${title}: ${command.command}`);
      const startedAt = parts.clock.elapsedMs();
      const options = await prepareCommand({ parts, provider, target, writer, write, variables }, name, command, side);
      const onLine = (line: string) => {
        write(line);
        progress(undefined, line.slice(0, 120));
      };
      const runOnce = () => runCommand({ ...options, title, signal, onLine });
      if (untilItSucceeds) await repeatUntil(runOnce, { clock: parts.clock, signal, timeoutMs: command.timeoutMs });
      else await runOnce();
      return { seconds: (parts.clock.elapsedMs() - startedAt) / 1000 };
    },
    isFrozen: () => isFrozen(parts, target.name),
    drift: async () => driftOf(parts, run, await restorePlan()),
    checks: async (subject) =>
      subject === 'source'
        ? checkSource(parts, run, { source, target, provider }, await restorePlan())
        : // The copy stands: whether its backups are still there no longer matters.
          checkCopy(parts, run, { source, target, provider }, restoreOf(plan)),
    record,
    makeReport: async (found) => {
      // Its record binds the lines that were written before it.
      await log.flush();
      return makeRunReport(parts, run.runId, found, lease);
    },
    checkReport: () => checkRunReport(parts, run.runId),
    judge: (findings) => judgeFindings(parts, run, findings),
    notAccepted: async (findings) =>
      notAccepted(findings, await believedExceptions(parts, run), occasionOf(parts, run)),
    baseline: () => parts.baseline?.(target),
    profileList: (kind) => parts.journal.profileList(run.runId, kind),
    keepProfileList: (kind, text) => keepProfileList(parts, run.runId, target, { kind, text }),
    log: write,
    progress,
  };
}
