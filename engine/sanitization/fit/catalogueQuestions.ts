import type { CompiledQuery } from 'kysely';
import type { catalogueRows } from './catalogueRows.ts';

/** About all tables at once, by their numbers. */
export type CatalogueQuestion = (ids: readonly number[]) => CompiledQuery;

/** One question per kind: for the tables by their names, for everything else by the numbers found then. */
export type CatalogueQuestions = { readonly tables: (names: readonly string[]) => CompiledQuery } & {
  readonly [Kind in Exclude<keyof typeof catalogueRows, 'tables'>]?: CatalogueQuestion;
};
