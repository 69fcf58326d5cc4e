import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentOf, proveProductionUnchanged, proveRefreshed, type Content } from '../../demo/play/proofs.ts';
import { sanitizationFacts } from '../../demo/company/sanitizationFacts.ts';
import type { Moment } from '../../demo/company/workload.ts';
import { JONAS, MIRA, TENANT_ID, type DemoPerson } from '../../demo/people.ts';
import { startDemo, type Demo } from '../../demo/startDemo.ts';
import { systemClock } from '../../engine/clock.ts';
import type { Person, Run, RunState, StepName, StepStatus } from '../../engine/contracts.ts';
import { createDesk } from '../../engine/journal/desk.ts';
import type { Desk } from '../../engine/journal/deskDeeds.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { createSigner } from '../../engine/journal/signatures.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { loadInstallation } from '../../env/environments.ts';

/** The demo's real processes, and a desk beside them: what people ask for goes into the journal alone, so the reconciler has to find it. */
export interface CrashHouse extends AsyncDisposable {
  readonly demo: Demo;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly jonas: Person;
  readonly mira: Person;
  readonly moment: Moment;
  /** Approved, and nobody woken: the reconciler finds it. */
  approvedRun(target: 'uat' | 'test'): Promise<Run>;
  reaches(runId: string, states: readonly RunState[]): Promise<Run>;
  /** Kills the worker as soon as the run has come there; the supervisor starts it again. */
  killWorker(runId: string, when: KillPoint): Promise<void>;
  begins(runId: string, step: StepName): Promise<Run>;
  /** Waits until the step has been started again, or is over. */
  takenOver(runId: string, step: StepName): Promise<void>;
  run(runId: string): Promise<Run>;
  /** What stands in the target. */
  content(target: 'uat' | 'test'): Promise<Content>;
  /** Sentences about a refreshed target and about production that do not hold. */
  brokenPromises(target: 'uat' | 'test'): Promise<readonly string[]>;
}

/** `begin`: the step is recorded as started; `middle`: a little later; `end`: its effect is there and recorded. */
export interface KillPoint {
  readonly step: StepName;
  readonly at: 'begin' | 'middle' | 'end';
}

/** About half of what each takes here. */
const MIDDLE_MS: Readonly<Partial<Record<StepName, number>>> = {
  'restore-beside': 700,
  sanitize: 150,
  'synchronize-beside': 250,
  swap: 120,
  'bring-online': 400,
};

/** A lease of a dead worker has to run out first, so each crash costs some 15 s. */
const PATIENCE_MS = 90_000;

export async function startCrashHouse(): Promise<CrashHouse> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'rewind-crash-'));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const demo = undo.use(await startDemo({ folder, say: () => undefined }));
  const journal = undo.use(openJournal({ url: demo.journalUrl }));
  const { installation } = loadInstallation(demo.variables['REWIND_ENVIRONMENTS'] ?? '', demo.variables, 'names-only');
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  const desk = createDesk({ journal, installation, wake, now: systemClock.now, sign: createSigner(demo.signingKey) });
  const person = ({ aadObjectId, name }: DemoPerson): Person => ({ id: aadObjectId, tenantId: TENANT_ID, name });
  const [jonas, mira] = [person(JONAS), person(MIRA)];
  const moment = demo.company.moments.find(({ name }) => name === 'before the mistake');
  if (!moment) throw new Error('The company has no moment before its mistake');
  const productionAtFirst = await sanitizationFacts(demo.company.prod.as.administrator.application);

  const run = async (runId: string): Promise<Run> => {
    const found = await journal.run(runId);
    if (!found) throw new Error(`There is no ${runId}`);
    return found;
  };
  const waitFor = async (runId: string, isSo: (run: Run) => boolean, withinMs: number): Promise<Run> => {
    const until = systemClock.elapsedMs() + withinMs;
    for (;;) {
      const now = await run(runId);
      if (isSo(now)) return now;
      if (systemClock.elapsedMs() > until)
        throw new Error(`${runId} is ${now.state} after ${String(withinMs)} ms: ${now.failure?.message ?? ''}`);
      await systemClock.sleep(10);
    }
  };

  const running = undo.move();
  return {
    demo,
    journal,
    desk,
    jonas,
    mira,
    moment,
    run,
    async approvedRun(target) {
      const { runId } = await desk.draft(jonas, target, 'Europe/Berlin');
      await desk.chooseMoment(jonas, runId, moment.at);
      const { plan, failure } = await waitFor(runId, ({ isPlanning }) => !isPlanning, PATIENCE_MS);
      if (!plan) throw new Error(`No plan: ${failure?.message ?? ''}`);
      await desk.confirm(jonas, runId, plan.digest, 'To see what a crash does');
      return desk.approve(mira, runId, plan.digest);
    },
    reaches: (runId, states) => waitFor(runId, ({ state }) => states.includes(state), PATIENCE_MS),
    begins: (runId, step) => waitFor(runId, (now) => isIn(now, step, ['running', 'done']), PATIENCE_MS),
    async takenOver(runId, step) {
      const until = systemClock.elapsedMs() + PATIENCE_MS;
      const starts = async () =>
        (await journal.records(runId)).filter(
          ({ event, data }) => event === 'step-started' && JSON.stringify(data).includes(`"${step}"`),
        ).length;
      while ((await starts()) < 2 && !isIn(await run(runId), step, ['done'])) {
        if (systemClock.elapsedMs() > until) throw new Error(`Nobody has taken ${runId} over`);
        await systemClock.sleep(50);
      }
    },
    async killWorker(runId, { step, at }) {
      await waitFor(runId, (now) => isIn(now, step, at === 'end' ? ['done'] : ['running', 'done']), PATIENCE_MS);
      if (at === 'middle') await systemClock.sleep(MIDDLE_MS[step] ?? 30);
      const killed = demo.supervisor.pid('worker');
      demo.supervisor.kill('worker', 'SIGKILL');
      // Until the next one is there: a second kill would find nobody.
      while (demo.supervisor.pid('worker') === killed || demo.supervisor.pid('worker') === undefined)
        await systemClock.sleep(10);
    },
    content: (target) => contentOf(demo.company[target]),
    async brokenPromises(target) {
      const proofs = [
        ...(await proveRefreshed(demo.company[target], moment)),
        await proveProductionUnchanged(demo.company, productionAtFirst),
      ];
      return proofs.flatMap(({ sentence, holds }) => (holds ? [] : [sentence]));
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const isIn = ({ steps }: Run, name: StepName, states: readonly StepStatus['state'][]): boolean =>
  steps.some((step) => step.name === name && states.includes(step.state));
