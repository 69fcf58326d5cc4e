import { quoteName, quoteText } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** What Rewind wrote onto a database: extended properties, which stay with it through every rename. */
export const readMarks = (database: string): Statement => ({
  text: [
    'SELECT p.name, CAST(p.value AS nvarchar(400)) AS value',
    `FROM ${quoteName(database)}.sys.extended_properties AS p`,
    "WHERE p.class = 0 AND p.name LIKE N'Rewind.%'",
    'ORDER BY p.name;',
  ].join('\n'),
});

export type MarkName = 'Rewind.Run' | 'Rewind.RestoredTo' | 'Rewind.Fence' | 'Rewind.Before';

export const addMark = (database: string, mark: MarkName, value: string): string =>
  `EXEC ${quoteName(database)}.sys.sp_addextendedproperty @name = ${quoteText(mark)}, @value = ${quoteText(value)}`;

export const updateMark = (database: string, mark: MarkName, value: string): string =>
  `EXEC ${quoteName(database)}.sys.sp_updateextendedproperty @name = ${quoteText(mark)}, @value = ${quoteText(value)}`;

export const dropMark = (database: string, mark: MarkName): string =>
  `EXEC ${quoteName(database)}.sys.sp_dropextendedproperty @name = ${quoteText(mark)}`;
