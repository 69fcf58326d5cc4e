const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** Capitals of ASCII as small letters; of other letters both forms are sought. */
export function fold(from: Uint8Array, into: Uint8Array, end: number): void {
  for (let i = 0; i < end; i += 1) into[i] = FOLDED[from[i] ?? 0] ?? 0;
}

interface Room {
  readonly bytes: Uint8Array;
  readonly folded: Uint8Array;
  readonly end: number;
}

/** Fields are short: in one loop they are copied faster than by the runtime. */
export function copyFolded(from: Uint8Array, first: number, length: number, { bytes, folded, end }: Room): void {
  for (let i = 0; i < length; i += 1) {
    const byte = from[first + i] ?? 0;
    bytes[end + i] = byte;
    folded[end + i] = FOLDED[byte] ?? 0;
  }
}
