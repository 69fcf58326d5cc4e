import type { Message } from '../conversations.ts';
import type { PageVoice } from './calls.ts';
import { parseCard, type CardAction } from './cards.ts';
import { element } from './elements.ts';
import { begunIn, goOn, withValues, type Begun } from './keepTyping.ts';
import { hostConfig, type Theme } from './teamsHost.ts';

export interface View {
  readonly voice: PageVoice;
  readonly theme: Theme;
  /** Of the place where cards are drawn, pixels. */
  readonly width: number;
  nameOf(id: string): string;
  onAction(message: Message, action: CardAction): void;
}

/** A message as one person sees it. */
export interface Bubble {
  readonly element: HTMLElement;
  /** What somebody is typing into its card. */
  begun(): Begun | undefined;
  /** To be called when the element stands in the page. */
  goOn(): void;
}

const NARROW = 400;

/** @param begun what was typed into the card that this one takes the place of */
export function drawBubble(message: Message, view: View, begun?: Begun): Bubble {
  const { personId, locale, timeZone } = view.voice;
  const isMine = message.from === personId;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(new Date(message.at));
  const bubble = element(
    'article',
    { className: isMine ? 'message mine' : 'message' },
    element('small', { textContent: `${view.nameOf(message.from)} · ${time}${message.isUpdated ? ' · updated' : ''}` }),
  );
  bubble.dataset.id = message.id;
  if (message.text !== '') bubble.append(element('div', { className: 'text' }, ...mentionsIn(message.text)));
  const card = message.shownTo[personId] ?? message.card;
  if (card === undefined) return { element: bubble, begun: () => undefined, goOn: () => undefined };

  const isWide = view.width >= NARROW;
  const carried: Begun['values'] = begun?.values ?? new Map();
  const drawing = parseCard(
    withValues(card, carried),
    { config: hostConfig(view.theme, isWide ? 640 : 320), isWide },
    (action) => view.onAction(message, action),
  );
  const rendered = drawing.render();
  bubble.append(element('div', { className: 'box' }, ...(rendered ? [rendered] : [])));
  return {
    element: bubble,
    begun: () => begunIn(drawing, bubble, carried),
    goOn: () => begun && goOn(begun, drawing, bubble),
  };
}

function mentionsIn(text: string): (Node | string)[] {
  return text
    .split(/(@rewind\b)/i)
    .map((part) => (/^@rewind$/i.test(part) ? element('span', { className: 'mention', textContent: part }) : part));
}
