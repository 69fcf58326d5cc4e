/**
 * The tables that the text of a trigger names as targets of INSERT, UPDATE, DELETE or MERGE, without their quotes. A text
 * that puts its statements together at run time names none.
 */
export function tablesWrittenBy(text: string): readonly string[] {
  const plain = text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  const names = [...plain.matchAll(WRITES)].map(([, name = '']) =>
    name
      .split(/\s*\.\s*/)
      .map((part) => part.replaceAll(/^["[]|["\]]$/g, ''))
      .join('.'),
  );
  return [...new Set(names)];
}

const NAME = String.raw`(?:"[^"]+"|\[[^\]]+\]|[\p{L}_#@][\p{L}\p{N}_$#@]*)`;
/** What follows the same words where a trigger or rule says when it fires. */
const KEYWORDS = String.raw`(?:to|of|as|on|or|not|set|for|with|statistics)\b`;
const WRITES = new RegExp(
  String.raw`\b(?:insert\s+(?:into\s+)?|update\s+(?:only\s+)?|delete\s+(?:from\s+)?(?:only\s+)?|merge\s+(?:into\s+)?)(?!${KEYWORDS})(${NAME}(?:\s*\.\s*${NAME}){0,2})`,
  'giu',
);
