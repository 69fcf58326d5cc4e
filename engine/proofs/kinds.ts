import type { MaskKind } from '../sanitization/pack/maskSchema.ts';
import type { Rule } from '../sanitization/pack/rulePack.ts';

/** What a protected value is. In the order of the numbers that the scanner knows them by, from 1. */
export const VALUE_KINDS = [
  'mail',
  'phone',
  'iban',
  'identity-number',
  'full-name',
  'url',
  'host',
  'key',
  'connection-string',
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

export interface ProtectedValue {
  readonly kind: ValueKind;
  readonly value: string;
}

export const numberOf = (kind: ValueKind): number => VALUE_KINDS.indexOf(kind) + 1;
export const kindOfNumber = (number: number): ValueKind => VALUE_KINDS[number - 1] ?? 'key';

/** Credentials and endpoints are looked for whatever the packs are. */
export const ENDPOINTS: ReadonlySet<ValueKind> = new Set(['url', 'host', 'key', 'connection-string']);

/** What each kind of personal value is called in a report that does not look for it, and which masks promise that it is gone. */
const PERSONAL = [
  ['mail', 'mail addresses', ['email']],
  ['phone', 'phone numbers', ['phone']],
  ['iban', 'bank account numbers', ['iban']],
  ['identity-number', 'identity and card numbers', ['tax-number', 'token']],
  ['full-name', 'full names', ['person']],
] as const satisfies readonly (readonly [ValueKind, string, readonly string[]])[];

export interface Scope {
  readonly kinds: ReadonlySet<ValueKind>;
  readonly notSearched: readonly { readonly what: string; readonly why: string }[];
}

/** What the packs promise: who masks phone numbers means that none is left. */
export function scopeOf(rules: readonly Rule[]): Scope {
  const masked = new Set(
    rules.flatMap((rule) => (rule.action === 'mask' ? Object.values(rule.columns).map(nameOf) : [])),
  );
  const isPromised = (masks: readonly string[]) => masks.some((each) => masked.has(each));
  return {
    kinds: new Set([...ENDPOINTS, ...PERSONAL.flatMap(([kind, , masks]) => (isPromised(masks) ? [kind] : []))]),
    notSearched: [
      ...PERSONAL.filter(([, , masks]) => !isPromised(masks)).map(([, what]) => ({
        what,
        why: 'no chosen rule pack masks them',
      })),
      { what: 'cities, streets, companies and single names', why: 'too common to be told from other text' },
    ],
  };
}

export const nameOf = (kind: MaskKind): string => (typeof kind === 'string' ? kind : (Object.keys(kind)[0] ?? ''));
