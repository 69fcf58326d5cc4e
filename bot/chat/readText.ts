/** Longer commands do not exist; what is longer is not read at all. */
export const MAX_TEXT_LENGTH = 512;

/** Why a message says nothing to Rewind. */
export type Unread = 'too-long' | 'unreadable';

/**
 * One line as it was meant: mentions cut out by their exact text, HTML spaces and compatibility characters made plain.
 * Look-alike letters of other alphabets stay what they are, so that they never name a sandbox.
 */
export function readText(text: string, mentions: readonly string[]): string {
  if (text.length > MAX_TEXT_LENGTH) return '';
  return withoutMentions(text, mentions)
    .replaceAll(/&nbsp;|&#160;/gi, ' ')
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Undefined where there is something to read, or nothing was said but the name of the bot. */
export function whyUnread(text: string, mentions: readonly string[]): Unread | undefined {
  if (text.length > MAX_TEXT_LENGTH) return 'too-long';
  const said = withoutMentions(text, mentions)
    .replaceAll(/&nbsp;|&#160;/gi, ' ')
    .trim();
  return said !== '' && !/[\p{L}\p{N}]/u.test(said) ? 'unreadable' : undefined;
}

function withoutMentions(text: string, mentions: readonly string[]): string {
  return mentions.reduce((rest, mention) => (mention === '' ? rest : rest.replaceAll(mention, ' ')), text);
}
