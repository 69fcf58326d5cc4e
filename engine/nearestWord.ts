/**
 * The word that was probably meant, where one letter in three is left out, doubled, wrong or swapped with its neighbour (the
 * distance of Damerau and Levenshtein); of several the first. Undefined where none is near enough.
 */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const written = typed.toLowerCase();
  let nearest: { readonly word: string; readonly away: number } | undefined;
  for (const word of words) {
    const most = Math.floor(Math.max(3, word.length) / 3);
    // Longer by more than that, it cannot be near: whatever somebody pastes costs nothing.
    if (Math.abs(word.length - written.length) > most) continue;
    const away = distance(written, word);
    if (away <= most && away < (nearest?.away ?? Infinity)) nearest = { word, away };
  }
  return nearest?.word;
}

/** How many letters have to be put in, taken out, replaced or swapped with the next one. */
function distance(from: string, to: string): number {
  const [a, b] = [Array.from(from), Array.from(to)];
  const at = (row: readonly number[] | undefined, n: number) => row?.[n] ?? 0;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (const [i, letter] of a.entries()) {
    const [before, above] = [rows[i - 1], rows[i]];
    const row = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = at(above, j) + (letter === other ? 0 : 1);
      const swapped = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other ? at(before, j - 1) + 1 : Infinity;
      row.push(Math.min(at(above, j + 1) + 1, at(row, j) + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return at(rows.at(-1), b.length);
}
