/** Of each byte what it may be part of. */
const [LOCAL, DOMAIN, LETTER] = [1, 2, 4];
const NATURES = Uint8Array.from({ length: 128 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  const is = (pattern: RegExp, nature: number) => (pattern.test(character) ? nature : 0);
  return is(/[a-z\d._%'-]/i, LOCAL) | is(/[a-z\d-]/i, DOMAIN) | is(/[a-z]/i, LETTER);
});
const [AT, DOT, CAPITAL_Z] = [0x40, 0x2e, 0x5a];

/**
 * Whether the bytes are one mail address in ASCII and nothing else, so that `valuesIn` would give it as it stands and nothing besides,
 * unless the column is a secret’s. Most addresses are such, and need not be made text of. What might be something else as well is left to
 * `valuesIn`: an address with a `+`, with a digit behind a capital, or of the form that masks make.
 */
export function isPlainMail(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  let before = 0;
  for (; at < to && bytes[at] !== AT; at += 1) {
    const byte = bytes[at] ?? 0;
    if (((NATURES[byte] ?? 0) & LOCAL) === 0 || isBehindCapital(byte, before)) return false;
    before = byte;
  }
  const local = at - from;
  // Masks make addresses of 17 characters in front of the sign, and such that end in `.invalid`.
  if (at === to || local === 0 || local > 64 || (local === 17 && isLetterU(bytes[from])) || endsInD(bytes[to - 1]))
    return false;
  let label = at + 1;
  let isWord = true;
  before = 0;
  for (at += 1; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === DOT) {
      if (at === label) return false;
      label = at + 1;
      isWord = true;
    } else {
      const nature = NATURES[byte] ?? 0;
      if ((nature & DOMAIN) === 0 || isBehindCapital(byte, before)) return false;
      isWord &&= (nature & LETTER) !== 0;
    }
    before = byte;
  }
  return isWord && to - label >= 2 && bytes[label - 1] === DOT;
}

/** As in a bank account’s number. */
const isBehindCapital = (byte: number, before: number): boolean =>
  byte >= 0x30 && byte <= 0x39 && before >= 0x41 && before <= CAPITAL_Z;
const isLetterU = (byte = 0): boolean => (byte | 0x20) === 0x75;
const endsInD = (byte = 0): boolean => (byte | 0x20) === 0x64;
