/** Longer commands do not exist; what is longer is not read at all. */
export const MAX_TEXT_LENGTH = 512;

/**
 * One line as it was meant: mentions cut out by their exact text, HTML spaces and compatibility characters made plain.
 * Look-alike letters of other alphabets stay what they are, so that they never name a sandbox.
 */
export function readText(text: string, mentions: readonly string[]): string {
  if (text.length > MAX_TEXT_LENGTH) return '';
  const withoutMentions = mentions.reduce(
    (rest, mention) => (mention === '' ? rest : rest.replaceAll(mention, ' ')),
    text,
  );
  return withoutMentions
    .replaceAll(/&nbsp;|&#160;/gi, ' ')
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
