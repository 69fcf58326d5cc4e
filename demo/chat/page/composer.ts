import { button, element } from './elements.ts';
import { guideView, type GuideParts } from './guideView.ts';

export interface Composer {
  readonly element: HTMLElement;
  draw(parts: Omit<GuideParts, 'write'> & { readonly isEmpty: boolean }): void;
  /** The next message goes into that thread of the channel. */
  replyIn(thread: string): void;
  /** The conversation has begun: the guide makes room. */
  begin(): void;
  tell(note: string): void;
}

export interface ComposerParts {
  /** @returns what the person is told about it */
  send(text: string, thread: string | undefined): Promise<string>;
}

/** Where a person writes, with what they could write. */
export function createComposer({ send }: ComposerParts): Composer {
  let thread: string | undefined;
  let conversationId = '';
  const guide = element('details', {}, element('summary', { textContent: 'What to type' }));
  const note = element('p', { className: 'note', role: 'status' });
  const box = element('input', { type: 'text', ariaLabel: 'Message', autocomplete: 'off' });
  const reply = element('p', { className: 'reply-to', hidden: true });
  const form = element('form', {}, box, element('button', { type: 'submit', textContent: 'Send' }));
  const target = (to: string | undefined) => {
    thread = to;
    reply.hidden = to === undefined;
    if (to !== undefined) box.focus();
  };
  reply.append(
    'Your message replies to that post. ',
    button('Start a new post', () => target(undefined)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    guide.open = false;
    void send(text, thread).then((told) => {
      note.textContent = told;
    });
    target(undefined);
  });

  return {
    element: element('div', { className: 'composer' }, guide, note, reply, form),
    draw({ isEmpty, ...parts }) {
      const { kind, name, id, isInstalled } = parts.conversation;
      if (id !== conversationId) {
        conversationId = id;
        target(undefined);
        note.textContent = '';
        guide.open = isEmpty;
      }
      box.disabled = kind === 'personal' && !isInstalled;
      box.placeholder = box.disabled
        ? 'Rewind is not installed here'
        : kind === 'personal'
          ? 'Write to Rewind'
          : `Write in ${name}; Rewind hears what mentions @Rewind`;
      const write = (text: string) => {
        box.value = text;
        box.focus();
      };
      guide.replaceChildren(element('summary', { textContent: 'What to type' }), guideView({ ...parts, write }));
    },
    replyIn: target,
    begin() {
      guide.open = false;
    },
    tell(told) {
      note.textContent = told;
    },
  };
}
