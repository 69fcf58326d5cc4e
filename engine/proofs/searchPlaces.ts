import { z } from 'zod';
import type { FieldSink, ReadSession } from '../environments/provider.ts';
import { LONG, PIECE, type CataloguePlace, type Part, type TablePlace } from './places/place.ts';
import { placesOf } from './places/places.ts';
import type { FieldScanner } from './scan/fieldScanner.ts';
import type { Tally } from './tally.ts';

export interface PlaceContext {
  readonly session: ReadSession;
  readonly scanner: FieldScanner;
  readonly tally: Tally;
  /** As people know it. */
  readonly database: string;
}

/** Reads a part of a table through the scanner. */
export async function searchPart({ session, scanner, tally, database }: PlaceContext, place: TablePlace, part: Part) {
  const { schema, table, columns } = place;
  const numbers = columns.map(({ name }) => tally.place({ database, schema, table, column: name }));
  await session.pour(placesOf[session.dialect].read(place, part), {
    field(index, bytes, from, to) {
      scanner.field(numbers[index] ?? 0, tally.row, bytes, from, to, columns[index]?.isBinary ?? false);
    },
    row: () => tally.nextRow(),
  });
  scanner.flush();
}

/** Values that are too long to be read at once, piece by piece. */
export async function searchLong({ session, scanner, tally, database }: PlaceContext, place: TablePlace) {
  const measured = place.columns.filter(({ isMeasured }) => isMeasured);
  if (!place.mayBeLong || measured.length === 0) return;
  const platform = placesOf[session.dialect];
  const [lengths] = await session.select(platform.longest(place, measured));
  const row = z.record(z.string(), z.coerce.number()).parse(lengths ?? {});
  for (const [index, column] of measured.entries()) {
    const longest = row[`c${String(index)}`] ?? 0;
    const { schema, table } = place;
    const number = tally.place({ database, schema, table, column: column.name });
    if (longest <= LONG) continue;
    for (let at = 1; at <= longest; at += PIECE) {
      await session.pour(platform.readPiece(place, column, at), {
        field: (_, bytes, from, to) => scanner.field(number, tally.row, bytes, from, to, column.isBinary),
        row: () => tally.nextRow(),
      });
      scanner.flush();
    }
  }
}

/** Rows of schema, table, and texts that belong to it. */
export async function searchCatalogue(context: PlaceContext, { what, query, isBinary = false }: CataloguePlace) {
  const { session, scanner, tally, database } = context;
  const names = ['', ''];
  const sink: FieldSink = {
    field(index, bytes, from, to) {
      if (index < names.length) return void (names[index] = bytes.toString('utf8', from, to));
      const [schema = '', table = ''] = names;
      const number = tally.place({ database, schema, table, column: `(${what})` });
      scanner.field(number, tally.row, bytes, from, to, isBinary);
    },
    row() {
      tally.nextRow();
      names.fill('');
    },
  };
  await session.pour(query, sink);
  scanner.flush();
}
