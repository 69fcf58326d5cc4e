import type { Card, Readership } from '../../cards/index.ts';
import { NOW } from './samples.ts';

/** For whom all cards of the list are made, and what is done to the data first (hostile text, another language). */
export interface Making {
  readonly readership?: Partial<Readership>;
  readonly alter?: <Data>(data: Data) => Data;
}

export interface CardState {
  readonly name: string;
  readonly card: (making?: Making) => Card;
}

export function made<Data extends object>(
  { readership = {}, alter = (data) => data }: Making = {},
  data: Data,
): Data & Readership {
  return { now: NOW, zone: 'Europe/Berlin', locale: 'en', ...alter(data), ...readership };
}
