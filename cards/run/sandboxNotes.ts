import {
  firstApprovalOf,
  isInForce,
  isUnacknowledged,
  reservationOf,
  SHOWS_FREEZE,
  type House,
} from '../../engine/contracts/mayBeDone/index.ts';
import type { Freeze, Reservation, Run } from '../../engine/contracts.ts';
import { execute, type Action } from '../actions.ts';
import type { Card } from '../card.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { rich, type Md } from '../text.ts';
import { who } from '../who.ts';

export interface SandboxNotes extends Readership {
  readonly targetTitle: string;
  readonly run: Run;
  readonly house?: House | undefined;
  readonly freeze?: Freeze | undefined;
  readonly reservation?: Reservation | undefined;
  /** The card asks something: that comes first, and the notes behind it. */
  readonly isQuestion?: boolean;
  /** Buttons of the note that a run is urgent. */
  readonly urgentActions?: readonly Action[];
}

interface Note {
  readonly text: Md;
  readonly reason?: string;
  readonly actions?: readonly Action[];
}

/** Below the head of every card: that its sandbox is frozen or kept, and that its run is urgent. */
export function withSandboxNotes(card: Card, about: SandboxNotes): Card {
  const r = readerOf(about);
  const notes = [...urgentNote(r, about), ...freezeNote(r, about), ...reservationNote(r, about)];
  if (notes.length === 0) return card;
  const [head, ...rest] = Array.isArray(card['body']) ? (card['body'] as readonly unknown[]) : [];
  const shown = notes.map((note) => drawn(r, note));
  return { ...card, body: about.isQuestion ? [head, ...rest, ...shown] : [head, ...shown, ...rest] };
}

/** What concerns whoever still may do something with the run. */
const isOpen = ({ replacedBy, state }: Run): boolean => !replacedBy && SHOWS_FREEZE.includes(state);

function freezeNote(r: Reader, { run, freeze, targetTitle }: SandboxNotes): readonly Note[] {
  if (!isInForce(freeze, r.now) || !isOpen(run)) return [];
  const { until, by, reason } = freeze;
  return [{ text: r.words.freeze.note(r.name(targetTitle), r.moment(until), r.plain(by.name, 60)), reason }];
}

function reservationNote(r: Reader, { run, reservation, targetTitle }: SandboxNotes): readonly Note[] {
  const kept = reservationOf({ ...(reservation ? { reservation } : {}) }, r.now);
  if (!kept || !isOpen(run)) return [];
  const by = r.plain(kept.by.name, 60);
  const words = r.words.reservation;
  return [
    { text: words.note(r.name(targetTitle), by, r.moment(kept.until), r.moment(kept.from)), reason: kept.reason },
  ];
}

function urgentNote(r: Reader, { run, urgentActions = [] }: SandboxNotes): readonly Note[] {
  if (!run.isUrgent || run.state === 'awaiting-approval' || run.state === 'aborted') return [];
  const words = r.words.urgent;
  if (run.acknowledged)
    return [{ text: words.acknowledged(who(r, run.acknowledged.by), r.moment(run.acknowledged.at)) }];
  if (!isUnacknowledged(run)) return [{ text: words.note(who(r, run.requestedBy)) }];
  return [{ text: words.unacknowledged, actions: urgentActions }];
}

/** Where one of two has approved, or their word no longer counts. */
export function firstApprovalWords(r: Reader, run: Run, house: House | undefined): Md | undefined {
  const first = run.firstApproval;
  if (!first) return undefined;
  const words = r.words.approvals;
  const by = who(r, first.by);
  if (!firstApprovalOf(run, house)) return words.lapsed(by);
  const told = words.first(by, r.moment(first.at));
  return first.comment ? rich`${told} “${r.plain(first.comment, 300)}”` : told;
}

export const acknowledgeButton = (r: Reader, { runId }: Run): Action =>
  execute('acknowledge-run', r.words.urgent.acknowledge, { runId }, { style: 'positive' });

function drawn(r: Reader, { text, reason, actions = [] }: Note): object {
  const shown = reason === undefined ? [] : [{ type: 'TextRun', text: r.verbatim(reason, 200), italic: true }];
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      { type: 'TextBlock', text, wrap: true },
      ...(shown.length === 0 ? [] : [{ type: 'RichTextBlock', spacing: 'Small', inlines: shown }]),
      ...(actions.length === 0 ? [] : [{ type: 'ActionSet', spacing: 'Small', actions }]),
    ],
  };
}
