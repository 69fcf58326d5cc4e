import { STEP_NAMES, type Run, type RunState } from '../../engine/contracts.ts';
import { execute, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { subjectOf, type RunContext, type Subject } from './runContext.ts';
import { currentStep, NONE, stepRows } from './stepRows.ts';
import { availabilityWords, runTitle, stateWord, targetWords, toneOf } from './targetWords.ts';
import template from '../templates/progress.json' with { type: 'json' };
import type { Md, Safe } from '../text.ts';
import { who } from '../who.ts';

/** The card that moves along with its run, from the queue to the end; at the end it keeps the steps and the log. */
export function progressCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId } = subject;
  const words = r.words.progress;
  const isMoving = isUnderWay(run.state);
  return fillTemplate(template, {
    ...frame(r, {
      tone: toneOf(run),
      title: runTitle(subject),
      subtitle: words.subtitle(runId, r.moment(run.at ?? run.createdAt)),
      badge: stateWord(r, run),
    }),
    ...movementView(subject, context),
    steps: stepRows(r, run, { progress: context.progress }),
    stopRequested: run.stopRequestedBy && isMoving ? words.stopRequested(who(r, run.stopRequestedBy)) : NONE,
    availability: isMoving && run.state !== 'rollback-in-progress' ? availabilityWords(subject) : targetWords(subject),
    updated: isMoving
      ? words.updated(r.clock(r.now), r.zoneName(r.now))
      : words.ended(r.moment(run.endedAt ?? run.updatedAt), r.zoneName(run.endedAt ?? run.updatedAt)),
    actions: actionsOf(subject, context),
  });
}

function movementView({ r, run }: Subject, { progress }: RunContext) {
  const words = r.words.progress;
  const isMoving = isUnderWay(run.state);
  const current = currentStep(r, run);
  const percent = isMoving && progress && isAbout(run, progress.step) ? progress.percent : undefined;
  return {
    isMoving,
    step: stepLine({ r, run }, current),
    hasPercent: percent !== undefined,
    percent: percent === undefined ? NONE : r.percent(percent),
    barValue: Math.max(0, Math.min(100, percent ?? 0)),
    barText: bar(percent ?? 0),
    started: run.startedAt ? words.started(r.clock(run.startedAt), r.ago(run.startedAt)) : NONE,
    left: leftOf({ r, run }),
  };
}

function stepLine({ r, run }: Pick<Subject, 'r' | 'run'>, current: ReturnType<typeof currentStep>): Md {
  const words = r.words.progress;
  if (run.state === 'rollback-in-progress') return words.rollingBack;
  if (run.state === 'queued' && run.scheduled && run.scheduled.at > r.now)
    return r.words.scheduled.waiting(r.moment(run.scheduled.at));
  if (run.state === 'queued' || !current) return words.waitingForWorker;
  return words.step(current.n, STEP_NAMES.length, current.title);
}

function isAbout(run: Run, step: Run['steps'][number]['name'] | 'rollback'): boolean {
  if (step === 'rollback') return run.state === 'rollback-in-progress';
  return run.steps.some(({ name, state }) => name === step && state === 'running');
}

/** What earlier runs of this target took, less what has passed; nothing once that is used up. */
function leftOf({ r, run }: Pick<Subject, 'r' | 'run'>): Safe {
  const estimate = run.plan?.estimate;
  if (run.state !== 'in-progress' || estimate?.kind !== 'known' || !run.startedAt) return NONE;
  const passed = (Date.parse(r.now) - Date.parse(run.startedAt)) / 1000;
  const [from, to] = [estimate.fromSeconds - passed, estimate.toSeconds - passed];
  return to > 0 ? r.words.progress.left(r.range(from, to)) : NONE;
}

function actionsOf(subject: Subject, { logUrl }: RunContext): readonly Action[] {
  const { r, run } = subject;
  const words = r.words.progress;
  return [
    ...openUrl(words.log, logUrl),
    ...(subject.may('stop') ? [execute('ask-stop', words.stop, { runId: run.runId })] : []),
  ];
}

function isUnderWay(state: RunState): boolean {
  return ['queued', 'in-progress', 'awaiting-exception', 'awaiting-cutover', 'rollback-in-progress'].includes(state);
}

/** Twenty blocks, for clients without a progress bar. */
function bar(percent: number): string {
  const full = Math.round(Math.max(0, Math.min(100, percent)) / 5);
  return '█'.repeat(full) + '░'.repeat(20 - full);
}
