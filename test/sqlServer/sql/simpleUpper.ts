/**
 * Capitals as databases make them: one character for one, so `ß` stays. JavaScript writes some as several; of those, only Greek letters
 * with an iota below have a capital of one character.
 */
export function simpleUpper(text: string): string {
  return Array.from(text, (letter) => {
    const capital = letter.toUpperCase();
    if (Array.from(capital).length === 1) return capital;
    return IOTA_BELOW.get(letter) ?? letter;
  }).join('');
}

const IOTA_BELOW: ReadonlyMap<string, string> = new Map([
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((start) =>
    Array.from({ length: 8 }, (_, index): readonly [string, string] => [
      String.fromCodePoint(start + index),
      String.fromCodePoint(start + index + 8),
    ]),
  ),
  ['ᾳ', 'ᾼ'],
  ['ῃ', 'ῌ'],
  ['ῳ', 'ῼ'],
]);
