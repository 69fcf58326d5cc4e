import { REWIND } from '../../engine/contracts.ts';
import { openUrl } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { announcedFacts } from './announcedFacts.ts';
import { againButtons } from './againButtons.ts';
import { occurrenceFact } from './scheduledFacts.ts';
import { recoveryPoint, subjectOf, type RunContext } from './runContext.ts';
import { NONE } from './stepRows.ts';
import template from '../templates/aborted.json' with { type: 'json' };
import { who } from '../who.ts';

/** The run ended before it switched anything: rejected, expired, stopped, or the target was kept. */
export function abortedCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.aborted;
  const how = run.ending?.how ?? 'stopped';
  const at = run.ending?.at ?? run.updatedAt;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'ended',
      title: words.titles[how](target),
      subtitle: words.subtitle(runId, r.moment(at)),
      badge: words.badges[how],
    }),
    facts: [
      { title: words.how, value: words.badges[how] },
      ...(run.scheduled ? [occurrenceFact(subject, run.scheduled)] : []),
      ...(run.ending?.why ? [{ title: r.words.scheduled.why, value: r.words.scheduled.skips[run.ending.why] }] : []),
      ...(run.ending && how !== 'expired' && run.ending.by.id !== REWIND.id
        ? [{ title: words.by, value: who(r, run.ending.by) }]
        : []),
      { title: words.requester, value: who(r, run.requestedBy) },
      ...(run.at ? [{ title: words.at, value: recoveryPoint(subject) }] : []),
      ...announcedFacts(subject),
    ],
    reasonLabel: words.reason,
    reason: run.ending?.reason ? r.verbatim(run.ending.why ? r.told(run.ending.reason) : run.ending.reason, 300) : NONE,
    state: how === 'stopped' && run.startedAt ? words.stopped(target) : words.untouched(target),
    actions: [
      ...(run.startedAt ? openUrl(r.words.progress.log, context.logUrl) : []),
      ...(run.at ? againButtons(subject, words.planAgain) : []),
    ],
  });
}
