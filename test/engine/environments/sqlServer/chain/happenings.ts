import * as fc from 'fast-check';

const kinds = [
  'work',
  'log',
  'full',
  'differential',
  'copyOnlyFull',
  'copyOnlyLog',
  'bulk',
  'restore',
  'clock',
] as const;
const rareKinds = [
  'toSimple',
  'toFull',
  'lose',
  'damage',
  'loseStripe',
  'snapshot',
  'forgetZone',
  'partial',
  'failOver',
  'sandbox',
  'upgrade',
] as const;
export type Kind = (typeof kinds)[number] | (typeof rareKinds)[number];

export interface Happening {
  readonly kind: Kind;
  readonly size: number;
  readonly pick: number;
}

const happening = fc.record<Happening>({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Kind>('work', 'log') },
    { weight: 4, arbitrary: fc.constantFrom<Kind>(...kinds) },
    { weight: 1, arbitrary: fc.constantFrom<Kind>(...rareKinds) },
  ),
  size: fc.nat({ max: 40 }),
  pick: fc.nat({ max: 1000 }),
});

/** Up to 24 things that happen to a production database and its backups. */
export const happenings = fc.array(happening, { minLength: 3, maxLength: 24, size: 'max' });
