/**
 * A text that somebody else wrote (a person, a server, a program, the name of a file), as a piece of one line of a terminal or a
 * log: no line breaks, control characters, directions or invisible characters, and no heaps of combining marks. Applied to
 * each value before it stands in a line; `columns` fills it up as a terminal counts, where wide characters take two places.
 */
export function shownText(text: string, columns = 0): string {
  const shown = text
    .toWellFormed()
    .normalize('NFC')
    .replace(NEVER_SHOWN, ' ')
    // A mark without a letter would sit on the sign that stands before the value.
    .replace(/(^|\s)\p{M}+/gu, '$1')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1');
  return columns === 0 ? shown : shown + ' '.repeat(Math.max(0, columns - columnsOf(shown)));
}

/** A text that may have several lines (the output of a command, statements): each of them safe, for whoever indents them. */
export const shownLines = (text: string): readonly string[] =>
  text.split(/\r\n|\n|\r/).map((line) => shownText(line).trimEnd());

/** JSON for a terminal: what `shownText` takes out is escaped instead, so that nothing of the data is lost. */
export function shownJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(ESCAPED_IN_JSON, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** C0 and C1, soft hyphen, fillers, zero-width characters, marks and overrides of direction, variation selectors, tags. */
const NEVER_SHOWN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- they are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]+/gu;
const ESCAPED_IN_JSON = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Places that a text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{Mn}|\p{Me}/u.test(character) ? 0 : isWide(character) ? 2 : 1;
  return columns;
}

/** East Asian Wide and Fullwidth (Unicode, annex 11), and what is drawn as a picture. */
const isWide = (character: string): boolean =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u.test(
    character,
  );
