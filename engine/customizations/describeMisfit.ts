import type { Misfit } from '../contracts.ts';
import { counted } from '../counted.ts';

const WORDS: Readonly<
  Record<Misfit['kind'], { readonly noun: string; readonly rows: readonly [one: string, many: string] }>
> = {
  unique: { noun: 'unique index', rows: ['shares its value', 'share their value with another row'] },
  check: { noun: 'check constraint', rows: ['breaks it', 'break it'] },
  'foreign-key': {
    noun: 'foreign key',
    rows: ['refers to a row that is not there', 'refer to rows that are not there'],
  },
};

export const nounOf = ({ kind }: Pick<Misfit, 'kind'>): string => WORDS[kind].noun;

/** `I_CUSTACCOUNTIDX on CONTOSOLOYALTY (CUSTACCOUNT): 82 rows of PROD share their value with another row`. */
export function describeMisfit({ kind, name, table, columns, rows }: Misfit, whose: string): string {
  const [one, many] = WORDS[kind].rows;
  return `${name} on ${table} (${columns.join(', ')}): ${counted(rows, 'row')} of ${whose} ${rows === 1 ? one : many}`;
}

export const isSameMisfit = (one: Pick<Misfit, 'table' | 'name'>, other: Pick<Misfit, 'table' | 'name'>): boolean =>
  one.table === other.table && one.name === other.name;
