import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { subjectOf, type RunContext } from './runContext.ts';
import { plainState } from './targetWords.ts';
import template from '../templates/movedOn.json' with { type: 'json' };
import { signOffButton, signOffQuestion } from './wayBack.ts';

/** Asks whoever has typed that a refresh be signed off what its button on the success card asks. */
export function signOffCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'cutover',
      title: r.words.success.signOffTitle(target),
      subtitle: r.words.notice.subtitle(runId),
      badge: plainState(r, run),
    }),
    text: signOffQuestion(subject),
    actions: [
      ...(subject.may('sign-off') ? [signOffButton(subject)] : []),
      execute('view-run', r.words.progress.view, { runId: run.runId }),
    ],
  });
}
