/**
 * Two kinds of text stand on a card, and a value that is safe in one is not in the other:
 * `Md` is read as markdown by the client (TextBlock, FactSet), `Raw` is shown as it is (TextRun, CodeBlock, labels, titles).
 * Text from people, environments and databases enters only through `plain` and `verbatim`.
 */
export type Md = string & { readonly [asMarkdown]: true };
export type Raw = string & { readonly [asIs]: true };
/** Reads the same either way: our own words and figures, without a character that means something in markdown. */
export type Safe = Md & Raw;
/** A foreign name, ready for both. */
export interface Name {
  readonly md: Md;
  readonly raw: Raw;
}

declare const asMarkdown: unique symbol;
declare const asIs: unique symbol;

/** Foreign text for a markdown field: no link, image, mention, list or template comes out of it. */
export function plain(value: string, maxLength = 200): Md {
  const escaped = clean(value, maxLength)
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/[\\`*_[\]()~|]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+#!])/, String.raw`$1\$2`)
    .replace(/^(\s*\d+)([.)])/, String.raw`$1\$2`)
    // A client may turn a bare address into a link; a word joiner keeps it readable and dead.
    .replaceAll('://', `:${WORD_JOINER}//`)
    .replace(/www\./gi, `www${WORD_JOINER}.`);
  // The brand says that the escaping above has happened.
  return escaped as Md;
}

/** Foreign text for a field that is shown as it is; line breaks become spaces. */
export function verbatim(value: string, maxLength = 200): Raw {
  return clean(value, maxLength).replace(/[\r\n]+/g, ' ') as Raw;
}

/** As `verbatim`, line breaks kept: for CodeBlock. */
export function verbatimLines(value: string, maxLength = 1200): Raw {
  return clean(value, maxLength) as Raw;
}

/**
 * Foreign text that must read the same as markdown and as it is: whatever would need escaping is left out.
 * For choices of a radio list (the reference renderer reads their titles as markdown although the format says text).
 */
export function neutral(value: string, maxLength = 80): Safe {
  const kept = clean(value, maxLength)
    .replace(/[^\p{L}\p{M}\p{N}\p{Sc} .,:;%&()’'…·–-]/gu, '')
    // What opens a list item.
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^(\d+)[.)]+/, '$1')
    .replace(/www\./gi, `www${WORD_JOINER}.`);
  return kept.trim() as Safe;
}

/** A name inside `<at>`: it must read the same in the text and in the mention's entity. */
export function mentionName(value: string): Safe {
  const name = neutral(value, 60).replace(/[^\p{L}\p{M}\p{N} .’'-]/gu, '');
  return (name || 'approver') as Safe;
}

/** What a screen reader says of a markdown line of ours. */
export function spoken(text: Md): Raw {
  return text
    .replaceAll('**', '')
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
    .replace(/\s+/g, ' ') as Raw;
}

// Tags for our own words. A value fits only where its brand says it is safe.

export function rich(parts: TemplateStringsArray, ...values: readonly (Md | number)[]): Md {
  return String.raw({ raw: parts }, ...values) as Md;
}

export function raw(parts: TemplateStringsArray, ...values: readonly (Raw | number)[]): Raw {
  return String.raw({ raw: parts }, ...values) as Raw;
}

export function safe(parts: TemplateStringsArray, ...values: readonly (Safe | number)[]): Safe {
  return String.raw({ raw: parts }, ...values) as Safe;
}

/** Joins lines of our own with a separator of our own. */
export function joinMd(items: readonly Md[], separator: string): Md {
  return items.join(separator) as Md;
}

const WORD_JOINER = '\u2060';
/** Control characters but line feed, characters that turn the direction of writing, and invisible ones. */
const UNWANTED =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function clean(value: string, maxLength: number): string {
  const visible = value.replace(UNWANTED, ' ').trim();
  const characters = Array.from(visible);
  const cut = characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : visible;
  // `{{DATE(…)}}` in data would be evaluated by the client.
  return cut.replaceAll('{{', `{${WORD_JOINER}{`).replaceAll('{{', `{${WORD_JOINER}{`);
}
