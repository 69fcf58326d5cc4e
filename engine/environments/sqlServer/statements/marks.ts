import { quoteText } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';
import { catalogueOf, type Where } from './where.ts';

/** What Rewind wrote onto a database: extended properties, which stay with it through every rename. */
export const readMarks = (database: Where): Statement => ({
  text: [
    'SELECT p.name, CAST(p.value AS nvarchar(400)) AS value',
    `FROM ${catalogueOf(database)}.extended_properties AS p`,
    "WHERE p.class = 0 AND p.name LIKE N'Rewind.%'",
    'ORDER BY p.name;',
  ].join('\n'),
});

export type MarkName = 'Rewind.Run' | 'Rewind.RestoredTo' | 'Rewind.Fence' | 'Rewind.Before';

export const addMark = (database: Where, mark: MarkName, value: string): string =>
  `EXEC ${catalogueOf(database)}.sp_addextendedproperty @name = ${quoteText(mark)}, @value = ${quoteText(value)}`;

export const updateMark = (database: Where, mark: MarkName, value: string): string =>
  `EXEC ${catalogueOf(database)}.sp_updateextendedproperty @name = ${quoteText(mark)}, @value = ${quoteText(value)}`;

export const dropMark = (database: Where, mark: MarkName): string =>
  `EXEC ${catalogueOf(database)}.sp_dropextendedproperty @name = ${quoteText(mark)}`;
