import { createHmac } from 'node:crypto';
import { countryNumber, kindOf, type Part } from '../../../../engine/sanitization/masks/kinds.ts';
import type { MaskKind } from '../../../../engine/sanitization/pack/maskSchema.ts';
import { simpleUpper } from '../../../sqlServer/sql/simpleUpper.ts';

/** What a mask gives, worked out once more without any database: the one truth that both dialects are compared with. */
export function maskedBy(key: Buffer, kind: MaskKind, value: string | null, room?: number): string | null {
  const canonical = canonicalOf(value);
  if (value === null || canonical === null || value.replace(/ +$/, '') === '') return value;
  const hex = createHmac('sha256', key).update(canonical).digest('hex').toUpperCase();
  const number = BigInt(`0x${hex.slice(0, 14)}`);
  return kindOf(kind, room)
    .parts.map((part) => written(part, hex, number))
    .join('');
}

/** What counts as the same value: neither case nor trailing spaces, nor how some letters are spelled, nor what nobody sees. */
export function canonicalOf(value: string | null): string | null {
  if (value === null || value.replace(/ +$/, '') === '') return value === null ? null : '';
  const narrow = simpleUpper(value).replaceAll(/[\uff01-\uff5e\u00a0\u3000]/g, (wide) => wide.normalize('NFKC'));
  const spelled = narrow
    .replaceAll(/[\u00df\u1e9e]/g, 'SS')
    .replaceAll('Æ', 'AE')
    .replaceAll('Œ', 'OE')
    .replaceAll('Þ', 'TH');
  return spelled.replaceAll(/\u00ad|\u200b|\u200c|\u200d|\ufeff/g, '').replace(/ +$/, '');
}

function written(part: Part, hex: string, number: bigint): string {
  if ('text' in part) return part.text;
  if ('word' in part) {
    const { words } = part.word;
    return words[Number((number / BigInt(part.step)) % BigInt(words.length))] ?? '';
  }
  if ('count' in part) return String(1n + ((number / BigInt(part.step)) % BigInt(part.count)));
  if ('digits' in part) return String(number % 10n ** BigInt(part.digits)).padStart(part.digits, '0');
  if ('hex' in part) {
    const characters = hex.slice(part.first - 1, part.first - 1 + part.hex);
    return Array.from(characters, (each) => part.alphabet[Number(`0x${each}`)]).join('');
  }
  const whole = (number % 10n ** BigInt(part.checkOf)) * 1_000_000n + BigInt(countryNumber(part.country));
  return String(98n - (whole % 97n)).padStart(2, '0');
}
