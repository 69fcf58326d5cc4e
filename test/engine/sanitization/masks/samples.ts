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

/** Values that a company has, and some that only look like a masked one. */
export const HOSTILE_VALUES: readonly (string | null)[] = [
  'Jörg Kröger',
  'JÖRG KRÖGER   ',
  '名前＠会社.example',
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
  ' leading',
  '\ttab',
  'x'.repeat(300),
  '',
  '   ',
  null,
];
