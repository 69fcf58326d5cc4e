export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whether an expression in a server's own words speaks of a column; a text in it that only has the same word counts too. */
export function mentions(text: string | undefined, column: string): boolean {
  if (text === undefined) return false;
  return new RegExp(String.raw`(?<![\p{L}\p{N}_$#@])${escaped(column)}(?![\p{L}\p{N}_$#@])`, 'iu').test(text);
}
