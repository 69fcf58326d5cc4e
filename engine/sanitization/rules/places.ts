import type { Dialect } from '../../environments/provider.ts';
import type { Catalogue, Place, Table, TableColumns } from './catalogue.ts';
import { DEFAULT_SCHEMA } from './queryBuilder.ts';

/** What a rule says of where its table stands. */
interface Named {
  readonly table: string;
  readonly schema?: string | undefined;
}

/** Every table that a rule means: of all schemas, or of the one that it names. */
export function placesOf(catalogue: Catalogue, { table, schema }: Named, dialect: Dialect): readonly Table[] {
  const namesakes = catalogue.get(table) ?? [];
  return schema === undefined ? namesakes : namesakes.filter((each) => isSchema(each.schema, schema, dialect));
}

/** The table of a rule where Finance & Operations itself would look for it. */
export function mainPlaceOf(catalogue: Catalogue, { table, schema = 'DBO' }: Named, dialect: Dialect) {
  return placesOf(catalogue, { table, schema }, dialect)[0];
}

/** Another table that a rule of `schema` reads: the one beside its own, else that of Finance & Operations. */
export function besideOf(catalogue: Catalogue, schema: string, table: string, dialect: Dialect): Table | undefined {
  const namesakes = catalogue.get(table) ?? [];
  return namesakes.find((each) => each.schema === schema) ?? mainPlaceOf(catalogue, { table }, dialect);
}

export function columnsAt(catalogue: Catalogue, { schema, table }: Place): TableColumns {
  return catalogue.get(table.toUpperCase())?.find((each) => each.schema === schema)?.columns ?? new Map();
}

/** As people read it: the schema is named where it is not the usual one. */
export function shownPlace({ schema, table }: Place, dialect: Dialect): string {
  return schema === DEFAULT_SCHEMA[dialect] ? table : `${schema}.${table}`;
}

/** SQL Server does not tell small letters from capitals here, so packs do not either. */
export function isSchema(actual: string, named: string, dialect: Dialect): boolean {
  return actual.toUpperCase() === (named === 'DBO' ? DEFAULT_SCHEMA[dialect] : named).toUpperCase();
}
