import { quoteText } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** `physical`: pages, checksums and allocation; `full`: also what stands in rows and indexes. */
export const checkDatabase = (database: string, depth: 'physical' | 'full'): Statement => ({
  text: `DBCC CHECKDB (${quoteText(database)}) WITH NO_INFOMSGS${depth === 'physical' ? ', PHYSICAL_ONLY' : ''};`,
});
