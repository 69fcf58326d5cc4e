import type { Period, Which } from './vocabulary.ts';

/** What a few words of a typed moment say. A moment is made of several parts, at most one of a kind. */
export type Part =
  /** Without a year or month, the last such day. */
  | { readonly kind: 'date'; readonly year?: number; readonly month?: number; readonly day: number }
  /** So many days back, negative for days to come. */
  | { readonly kind: 'day'; readonly back: number }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which?: Which }
  | { readonly kind: 'week'; readonly which: Which }
  | { readonly kind: 'period'; readonly period: Period }
  /** The night that ended today. */
  | { readonly kind: 'last-night' }
  /** `isBare`: an hour up to 12 of which nobody said whether it is one of the morning. */
  | {
      readonly kind: 'time';
      readonly hour: number;
      readonly minute: number;
      readonly second: number;
      readonly millisecond: number;
      readonly isBare: boolean;
    }
  | { readonly kind: 'ago'; readonly minutes: number; readonly days: number; readonly months: number }
  /** First or last instant of a month: a named one, or so many months back. */
  | {
      readonly kind: 'month-edge';
      readonly edge: 'start' | 'end';
      readonly month?: number;
      readonly year?: number;
      readonly back: number;
    }
  /** IANA name or offset. */
  | { readonly kind: 'zone'; readonly zone: string };

export type PartOf<Kind extends Part['kind']> = Extract<Part, { readonly kind: Kind }>;

/** One reading of the words from some place on. */
export interface Match {
  /** How many words it takes. */
  readonly length: number;
  readonly part: Part;
}
