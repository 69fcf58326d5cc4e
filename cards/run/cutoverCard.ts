import { askFirst, execute, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, STATE_TONES } from '../frame.ts';
import { announcedFacts } from './announcedFacts.ts';
import { exceptionFacts } from './exceptionFacts.ts';
import { type Fact, type RunContext, type Subject, subjectOf } from './runContext.ts';
import { plainState, targetWords } from './targetWords.ts';
import template from '../templates/cutover.json' with { type: 'json' };
import type { Md } from '../text.ts';
import { who } from '../who.ts';

/** Warns the people of the target before it goes offline; the last moment to stop. Without buttons once it is past. */
export function cutoverCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId } = subject;
  const words = r.words.cutover;
  const isDue = run.state === 'awaiting-cutover';
  return fillTemplate(template, {
    ...frame(r, {
      tone: isDue ? 'cutover' : STATE_TONES[run.state],
      title: titleOf(subject),
      subtitle: words.subtitle(runId),
      badge: plainState(r, run),
    }),
    isDue,
    isPast: !isDue,
    when: whenOf(subject),
    finish: run.cutover?.at ? words.finish(subject.target) : words.lost(subject.target),
    state: targetWords(subject),
    facts: isDue ? factsOf(subject) : [],
    actions: isDue ? actionsOf(subject, context) : openUrl(r.words.progress.log, context.logUrl),
  });
}

function titleOf({ r, run, target }: Subject): Md {
  const words = r.words.cutover;
  if (run.state === 'awaiting-cutover' && run.cutover?.isFrozen) return words.titleFrozen(target);
  if (run.state === 'awaiting-cutover') return run.cutover?.at ? words.title(target) : words.titleOnClick(target);
  if (run.swappedAt) return words.titleDone(target);
  const hasBegun = run.steps.some(({ name, state }) => name === 'await-cutover' && state === 'done');
  return hasBegun && run.state === 'in-progress' ? words.titleBegun(target) : words.titleOver(target);
}

function whenOf({ r, run, target }: Subject): Md {
  const words = r.words.cutover;
  if (run.stopRequestedBy) return r.words.progress.stopRequested(who(r, run.stopRequestedBy));
  if (run.cutover?.isFrozen) return words.frozen(target);
  if (run.cutover?.pressedBy) return words.pressed(who(r, run.cutover.pressedBy));
  return run.cutover?.at ? words.at(target, r.clock(run.cutover.at)) : words.onClick(target);
}

function factsOf({ r, run, target }: Subject): readonly Fact[] {
  const { cutover: words, plan } = r.words;
  const estimate = run.plan?.estimate;
  const at = run.cutover?.at;
  return [
    ...(at ? [{ title: words.switchAt, value: r.instant(at) }] : []),
    {
      title: words.unavailable(target),
      value: estimate?.kind === 'known' ? words.about(r.seconds(estimate.unavailableSeconds)) : plan.unavailableUnknown,
    },
    ...(run.expiresAt ? [{ title: words.until, value: r.moment(run.expiresAt) }] : []),
    ...exceptionFacts({ r, run }),
    ...announcedFacts({ r, run }),
  ];
}

function actionsOf(subject: Subject, { logUrl }: RunContext): readonly Action[] {
  const { r, run, target, may } = subject;
  const { cutover: words, progress } = r.words;
  const { runId } = run;
  const stop = execute('stop-run', progress.stopButton, { runId }, { style: 'destructive' });
  return [
    ...(may('switch-now') ? [execute('switch-now', words.now, { runId }, { style: 'positive' })] : []),
    ...(may('stop') ? [askFirst(progress.stop, progress.stopEffect(target), stop)] : []),
    ...openUrl(progress.log, logUrl),
  ];
}
