import { quoteName, quoteText } from '../../../databases/sqlServer/quote.ts';

/** A database that statements name, as any session of a SQL Server may; or the one that their session is in: Azure SQL knows no other. */
export type Where = string | { readonly here: string };

export const nameOf = (where: Where): string => (typeof where === 'string' ? where : where.here);

/** What stands before a view or procedure of the catalogue. */
export const catalogueOf = (where: Where): string => (typeof where === 'string' ? `${quoteName(where)}.sys` : 'sys');

export const within = (where: Where, statement: string): string =>
  typeof where === 'string' ? `EXEC ${quoteName(where)}.sys.sp_executesql ${quoteText(statement)}` : statement;
