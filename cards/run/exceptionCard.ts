import type { NamedFinding } from '../../engine/contracts.ts';
import { askFirst, execute, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, STATE_TONES } from '../frame.ts';
import { mentioned } from '../mentions.ts';
import type { Reader } from '../reader.ts';
import template from '../templates/exception.json' with { type: 'json' };
import type { Md } from '../text.ts';
import { who } from '../who.ts';
import { subjectOf, type Fact, type RunContext, type Subject } from './runContext.ts';
import { plainState, targetWords } from './targetWords.ts';

/** Each is a line; the log has all. */
const SHOWN = 20;

/** Asks whoever answers for the data to accept exactly what a proof has found; once that is decided, says who has and until when. */
export function exceptionCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId } = subject;
  const words = r.words.exception;
  const isOpen = run.state === 'awaiting-exception' && run.stopRequestedBy === undefined;
  const asked = mentioned(isOpen ? (context.asked ?? []) : []);
  return fillTemplate(template, {
    ...frame(r, {
      tone: isOpen ? 'exception' : run.exceptions ? 'excepted' : STATE_TONES[run.state],
      title: titleOf(subject, isOpen),
      subtitle: isOpen ? words.subtitle(runId) : words.subtitleOver(runId),
      badge: plainState(r, run),
    }),
    entities: asked.entities,
    reminder: isOpen && run.remindedAt && run.expiresAt ? words.reminder(r.moment(run.expiresAt)) : '',
    said: isOpen ? askOf(subject, asked) : decisionOf(subject),
    reasons: (run.exceptions ?? []).map(({ reason }) => ({ text: r.verbatim(reason, 300) })),
    facts: factsOf(subject),
    isOpen,
    neither: words.neither,
    state: targetWords(subject),
    actions: [...(isOpen ? decisions(subject) : []), ...openUrl(r.words.progress.log, context.logUrl)],
  });
}

function titleOf({ r, run, target }: Subject, isOpen: boolean): Md {
  const words = r.words.exception;
  if (isOpen) return words.title(target);
  return run.exceptions ? words.titleAccepted(target) : words.titleOver(target);
}

function askOf({ r, target, may }: Subject, asked: ReturnType<typeof mentioned>): Md {
  const words = r.words.exception;
  if (!may('accept-findings')) return words.nobodyLeft(target);
  return asked.entities.length > 0 ? words.ask(asked.text, target) : words.askNobody(target);
}

function decisionOf({ r, run }: Subject): Md {
  const words = r.words.exception;
  if (run.stopRequestedBy) return r.words.progress.stopRequested(who(r, run.stopRequestedBy));
  const [first] = run.exceptions ?? [];
  if (first === undefined) return words.over;
  const [by, until] = [who(r, first.by), r.plain(first.until, 10)];
  return first.runId === run.runId ? words.accepted(by, until) : words.earlier(by, until, r.id(first.runId));
}

function factsOf({ r, run }: Subject): readonly Fact[] {
  const words = r.words.exception;
  const findings = run.askedException?.findings ?? (run.exceptions ?? []).flatMap((one) => one.findings);
  const more = findings.length - SHOWN;
  return [
    ...findings.slice(0, SHOWN).map((finding) => ({
      title: r.plain(finding.kind, 60),
      value: words.found(r.plain(placeOf(finding), 300), countOf(r, finding)),
    })),
    ...(more > 0 ? [{ title: words.moreTitle, value: words.more(more) }] : []),
    ...(run.state === 'awaiting-exception' && run.expiresAt
      ? [{ title: words.waitsUntil, value: r.moment(run.expiresAt) }]
      : []),
  ];
}

const placeOf = ({ schema, table, column }: NamedFinding): string =>
  [schema, table, column].filter((part) => part !== '').join('.');

function countOf(r: Reader, { proof, kind, count }: NamedFinding): Md {
  const words = r.words.exception;
  if (kind === 'new column') return words.isNew;
  if (proof === 'coverage') return words.values(r.number(count));
  return count === 1 ? words.row : words.rows(r.number(count));
}

function decisions({ r, run, target, may }: Subject): readonly Action[] {
  const { exception: words, progress } = r.words;
  const { runId, askedException } = run;
  const inputs = [
    {
      ...{ type: 'Input.Text', id: 'reason', label: words.reason, isRequired: true },
      ...{ errorMessage: words.reasonMissing, isMultiline: true, maxLength: 300 },
    },
    { type: 'Input.Date', id: 'until', label: words.until, isRequired: true, errorMessage: words.untilMissing },
  ];
  const data = { runId, digest: askedException?.digest ?? '' };
  const accept = execute('accept-findings', words.acceptButton, data, { style: 'destructive' });
  const staysDisabled = run.plan?.profile?.some(({ part }) => part === 'users') ?? false;
  const stop = execute('stop-run', progress.stopButton, { runId }, { style: 'destructive' });
  return [
    ...(may('accept-findings')
      ? [askFirst(words.accept, words.acceptEffect(target, staysDisabled), accept, { inputs })]
      : []),
    ...(may('stop') ? [askFirst(progress.stop, progress.stopEffect(target), stop)] : []),
  ];
}
