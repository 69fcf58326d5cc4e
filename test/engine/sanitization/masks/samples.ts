import { kindOf, LEAST_ROOM } from '../../../../engine/sanitization/masks/kinds.ts';
import type { ColumnMask } from '../../../../engine/sanitization/masks/maskExpression.ts';
import type { MaskKind } from '../../../../engine/sanitization/pack/maskSchema.ts';

/** A key of tests alone. */
export const KEY = Buffer.from('0123456789abcdef0123456789abcdef');

export const EVERY_KIND: readonly MaskKind[] = [
  'token',
  { token: 8 },
  { token: 64 },
  'person',
  { person: 'first' },
  { person: 'last' },
  'company',
  'street',
  'city',
  'phone',
  'email',
  { email: 'test.contoso.example' },
  'iban',
  'tax-number',
];

/** A kind in columns of every length, the whole one first; of forms that differ in a number of characters alone, the longest and the shortest. */
export function formsOf(kind: MaskKind): readonly ColumnMask[] {
  const { length } = kindOf(kind);
  const shapes = new Map<string, readonly ColumnMask[]>([[shapeOf({ kind }), [{ kind }]]]);
  for (let room = length - 1; room >= LEAST_ROOM; room -= 1) {
    const shape = shapeOf({ kind, room });
    const [longest = { kind, room }] = shapes.get(shape) ?? [];
    const isAnother = kindOf(kind, room).length < kindOf(kind, longest.room).length;
    shapes.set(shape, isAnother ? [longest, { kind, room }] : [longest]);
  }
  return [...shapes.values()].flat();
}

const shapeOf = ({ kind, room }: ColumnMask): string =>
  kindOf(kind, room)
    .parts.map((part) => ('text' in part ? part.text : Object.keys(part).join(' ')))
    .join('|');

/** Values that a company has, and some that only look like a masked one. */
export const HOSTILE_VALUES: readonly (string | null)[] = [
  'Jörg Kröger',
  'JÖRG KRÖGER   ',
  '名前＠会社.example',
  'Straße',
  'STRASSE',
  'Œuvre & Ærø, Þór',
  'ＷＩＤＥ ｗｉｄｅ＇１２',
  'soft\u00adhyphen, no\u200bwidth',
  'no break\u00a0',
  'ß straße ŉ ǅ ᾳ',
  'O\'Brien; drop table "T" --',
  '😀 emoji',
  'Σίσυφος',
  'Иван Иванов',
  'ırmak İzmir',
  '000123456789',
  'GMBH',
  'DE89370400440532013000',
  'XX',
  'Aaron Abbott',
  'Xxxxx Yyyyy ~',
  'u0123456789abcdef@masked.invalidate',
  '+99912345',
  'Aarhus',
  'Abbott St 0',
  'XXXX',
  'BCD',
  '~',
  ' leading',
  '\ttab',
  'x'.repeat(300),
  '',
  '   ',
  null,
];
