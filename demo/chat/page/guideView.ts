import type { Conversation } from '../conversations.ts';
import type { Guide } from '../guide.ts';
import type { PageVoice } from './calls.ts';
import { button, element } from './elements.ts';

export interface GuideParts {
  readonly guide: Guide;
  readonly voice: PageVoice;
  readonly conversation: Conversation;
  /** Puts a text into the compose box, for the person to send. */
  write(text: string): void;
}

/** What somebody can type here, to be clicked. */
export function guideView({ guide, voice, conversation, write }: GuideParts): HTMLElement {
  const { locale, timeZone } = voice;
  const toRewind = conversation.kind === 'personal' ? '' : '@Rewind ';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  const [asks, approves] = guide.people;
  const moments = guide.moments.map(({ name, at }) => {
    const shown = button('', () => write(`${toRewind}/refresh uat at ${at}`), { className: 'moment' });
    shown.append(element('b', { textContent: name }), ` ${format.format(new Date(at))}`);
    return element('li', {}, shown);
  });
  const commands = guide.commands.map((command) => button(command, () => write(`${toRewind}${command}`)));
  return element(
    'div',
    { className: 'guide' },
    element('p', {
      textContent:
        voice.personId === approves.id
          ? `${asks.name} asks for a refresh in the other pane. A red @ marks where you are asked to approve it.`
          : `Take a moment of production, send it, read the plan, type uat and press “Replace UAT”. ${approves.name} approves it in the other pane.`,
    }),
    element('ul', {}, ...moments),
    element('div', { className: 'commands' }, ...commands),
  );
}
