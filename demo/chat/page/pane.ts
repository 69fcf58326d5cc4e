import type { News } from '../conversations.ts';
import type { View } from './bubble.ts';
import { call, type PageVoice } from './calls.ts';
import type { CardAction } from './cards.ts';
import { createComposer } from './composer.ts';
import { createConversationView } from './conversationView.ts';
import { button, choose, element, replaceControls } from './elements.ts';
import { memory, type Seat } from './memory.ts';
import type { Store } from './store.ts';
import type { Theme } from './teamsHost.ts';

export interface Pane {
  readonly element: HTMLElement;
  personName(): string;
  /** Whether something that names this person waits to be looked at. */
  isMentioned(): boolean;
  draw(): void;
  /** `undefined`: anything may have changed. */
  hear(news: News | undefined): void;
}

export interface PaneParts {
  readonly place: number;
  readonly seat: Seat;
  readonly theme: () => Theme;
  /** Whether the pane can be seen: on a narrow screen only one is. */
  readonly isInFront: () => boolean;
  readonly onChange: () => void;
}

const LOCALES = ['en-GB', 'en-US', 'de-DE'];
const TIME_ZONES = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Asia/Tokyo', 'UTC'];

/** One person's window: who they are, their conversations, the one they look at, and what they write. */
export function createPane(store: Store, { place, seat: first, theme, isInFront, onChange }: PaneParts): Pane {
  let seat = first;
  const person = () => store.people.find(({ id }) => id === seat.personId);
  const mine = () => store.conversationsOf(seat.personId);
  const open = () => mine().find(({ id }) => id === seat.conversation) ?? mine()[0];
  const voice = (): PageVoice => ({ personId: seat.personId, locale: seat.locale, timeZone: seat.timeZone });
  const sit = (change: Partial<Seat>) => {
    seat = { ...seat, ...change };
    memory.keepSeat(place, seat);
    draw();
    onChange();
  };

  const who = element('div', { className: 'who' });
  const rooms = element('nav', { className: 'rooms', ariaLabel: 'Conversations' });
  const composer = createComposer({
    send: (text, thread) => call('say', { voice: voice(), conversation: open()?.id, thread, text }),
  });
  const log = createConversationView((thread) => composer.replyIn(thread));
  const pane = element('section', { className: 'pane' }, who, rooms, log.element, composer.element);

  const view = (): View => ({
    voice: voice(),
    theme: theme(),
    width: log.element.clientWidth,
    nameOf: (id) => store.people.find((one) => one.id === id)?.name ?? 'Rewind',
    onAction: (message, action) => void act(message.id, action),
  });
  const act = async (messageId: string, action: CardAction) => {
    const { url, verb, data } = action as CardAction & { url?: string; verb?: string; data?: object };
    if (url !== undefined) {
      if (/^https?:/.test(url)) window.open(url, '_blank', 'noopener');
      return;
    }
    // What only changes the card itself, such as a toggle, has no verb.
    if (verb === undefined) return;
    log.send(messageId);
    composer.tell('Sending…');
    const note = await call('click', { voice: voice(), messageId, verb, data: data ?? {} });
    if (note !== '') log.keep(messageId);
    composer.tell(note);
  };

  const drawWho = () => {
    const people = store.people.map(({ id, name, may }) => ({
      value: id,
      title: `${name} · ${may.includes('approve') ? 'approves' : may.includes('request') ? 'requests' : 'looks on'}`,
    }));
    const installed = element('input', { type: 'checkbox', checked: open()?.isInstalled ?? false });
    installed.addEventListener('change', () => {
      void call('install', { voice: voice(), conversation: open()?.id, isInstalled: installed.checked });
    });
    replaceControls(
      who,
      choose('Person', people, seat.personId, (personId) => sit({ personId, conversation: undefined })),
      choose('Language', LOCALES.map(asIs), seat.locale, (locale) => sit({ locale })),
      choose('Time zone', TIME_ZONES.map(byCity), seat.timeZone, (timeZone) => sit({ timeZone })),
      element('label', {}, installed, 'Rewind is installed here'),
    );
  };

  const drawRooms = () => {
    const shown = open();
    if (shown && isInFront()) store.markRead(seat.personId, shown.id);
    replaceControls(
      rooms,
      ...mine().map(({ id, name }) => {
        const room = button(name, () => sit({ conversation: id }), { ariaPressed: String(id === shown?.id) });
        const mark = store.unread(seat.personId, id);
        if (mark) room.append(element('span', { className: mark === '@' ? 'mark named' : 'mark', textContent: mark }));
        return room;
      }),
    );
  };

  const draw = () => {
    const conversation = open();
    if (!conversation) return;
    drawWho();
    drawRooms();
    log.draw(conversation, store.messagesIn(conversation.id), view());
    composer.draw({ guide: store.guide, voice: voice(), conversation, isEmpty: isEmpty() });
  };
  const isEmpty = () => store.messagesIn(open()?.id ?? '').length === 0;

  return {
    element: pane,
    personName: () => person()?.name ?? '',
    isMentioned: () => mine().some(({ id }) => store.unread(seat.personId, id) === '@'),
    draw,
    hear(news) {
      const conversation = open();
      if (!news || !conversation || (news.kind === 'conversation' && news.conversation.id === conversation.id)) {
        draw();
        return;
      }
      if (news.kind !== 'message' || news.message.conversation === conversation.id) log.hear(news, view());
      if (news.kind === 'message' && news.message.conversation === conversation.id) composer.begin();
      drawRooms();
    },
  };
}

const asIs = (value: string) => ({ value, title: value });

const byCity = (value: string) => ({ value, title: value.replace(/^.*\//, '').replace('_', ' ') });
