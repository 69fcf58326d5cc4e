import type { CompiledQuery } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';

/** A column that may hold a value: text, XML, JSON or bytes. */
export interface PlaceColumn {
  readonly name: string;
  /** Its value as the server hands it over: as text or as bytes. */
  readonly expression: string;
  readonly isBinary: boolean;
  /** The same, where the server tells the length without reading it: values that are longer than this many bytes are read in pieces. */
  readonly isMeasured: boolean;
}

/** A table or a view with rows of its own. */
export interface TablePlace {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly PlaceColumn[];
  /** Something lies out of line: only then there are values longer than `LONG`, however well they are compressed. */
  readonly mayBeLong: boolean;
  /** With what lies out of line; about. */
  readonly bytes: number;
  /** Where it can be read in ranges: how many pages it has. */
  readonly pages: number;
  /** How it is named in a statement. */
  readonly from: string;
}

/** What a database says about itself, in rows of schema, table, what it is, and the text. */
export interface CataloguePlace {
  readonly what: string;
  readonly query: CompiledQuery;
  readonly isBinary?: boolean;
}

export interface Places {
  readonly tables: readonly TablePlace[];
  readonly catalogue: readonly CataloguePlace[];
  readonly notSearched: readonly { readonly what: string; readonly why: string }[];
}

/** How a platform lists what can be searched, and reads it. */
export interface PlatformPlaces {
  list(session: ReadSession): Promise<Places>;
  /** One column per column of the table; of all rows, of a range of pages, or of a sample of them. */
  read(place: TablePlace, part: Part): CompiledQuery;
  /** How many bytes the longest value of each of these columns has, in their order. */
  longest(place: TablePlace, columns: readonly PlaceColumn[]): CompiledQuery;
  /** One field a row: of the values of a column that are longer than `LONG`, the piece that begins at `at`, counted from 1. */
  readPiece(place: TablePlace, column: PlaceColumn, at: number): CompiledQuery;
}

export type Part =
  | { readonly kind: 'all' }
  | { readonly kind: 'pages'; readonly from: number; readonly to: number }
  | { readonly kind: 'sample'; readonly percent: number };

/** Bytes. */
export const LONG = 4_194_304;
export const PIECE = 1_048_576;
/** More than the longest value in any encoding. */
export const OVERLAP = 1_024;
