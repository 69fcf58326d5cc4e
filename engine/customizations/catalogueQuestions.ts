import type { CompiledQuery } from 'kysely';

/** The questions to the catalogue of a whole database, in the words of one platform. */
export interface CatalogueQuestions {
  readonly tables: CompiledQuery;
  readonly uniqueIndexes: CompiledQuery;
  readonly checks: CompiledQuery;
  readonly foreignKeys: CompiledQuery;
  readonly columns: (ids: readonly number[]) => CompiledQuery;
}
