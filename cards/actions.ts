import type { Md, Raw } from './text.ts';
import type { ButtonData, Verb } from './verbs.ts';

/** A button, as JSON of an Adaptive Card action. */
export type Action = Readonly<Record<string, unknown>>;

interface ButtonLooks {
  readonly style?: 'positive' | 'destructive';
  readonly tooltip?: Raw;
  /** Behind “…”. A form cannot be: Teams does not open cards from there. */
  readonly isOverflow?: boolean;
}

/** A button that comes back to Rewind. `ignoresInputs`: works although a field of the card is not filled. */
export function execute(
  verb: Verb,
  title: Raw,
  data: ButtonData,
  { ignoresInputs, ...looks }: ButtonLooks & { readonly ignoresInputs?: boolean } = {},
): Action {
  return {
    type: 'Action.Execute',
    title,
    verb,
    data,
    ...looksOf(looks),
    ...(ignoresInputs ? { associatedInputs: 'none' } : {}),
  };
}

/** A link, or nothing when the address is not one that a card may open: https, or http on this machine (the demo). */
export function openUrl(title: Raw, url: string | undefined, looks: ButtonLooks = {}): readonly Action[] {
  if (url === undefined || !isOpenable(url)) return [];
  return [{ type: 'Action.OpenUrl', title, url, ...looksOf(looks) }];
}

/** A button that opens a sentence, the fields that it needs, and the button that does it. */
export function askFirst(
  title: Raw,
  effect: Md,
  action: Action,
  { style, inputs = [] }: { readonly style?: 'destructive'; readonly inputs?: readonly object[] } = {},
): Action {
  return {
    type: 'Action.ShowCard',
    title,
    ...(style ? { style } : {}),
    card: {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: effect, wrap: true }, ...inputs],
      actions: [action],
    },
  };
}

/** Shows or hides parts of the card. */
export function toggle(title: Raw, elementIds: readonly string[], looks: ButtonLooks = {}): Action {
  return { type: 'Action.ToggleVisibility', title, targetElements: elementIds, ...looksOf(looks) };
}

/** Teams cuts longer titles, so a long environment name gives way to the general wording. */
export function fitting(title: Raw, otherwise: Raw): Raw {
  return Array.from(title).length <= MAX_TITLE_LENGTH ? title : otherwise;
}

export const MAX_TITLE_LENGTH = 20;

function looksOf({ style, tooltip, isOverflow }: ButtonLooks): Action {
  return {
    ...(style ? { style } : {}),
    ...(tooltip ? { tooltip } : {}),
    ...(isOverflow ? { mode: 'secondary' } : {}),
  };
}

function isOpenable(url: string): boolean {
  const parsed = URL.parse(url);
  if (!parsed || parsed.username !== '' || parsed.password !== '') return false;
  if (parsed.protocol === 'https:') return true;
  return parsed.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(parsed.hostname);
}
