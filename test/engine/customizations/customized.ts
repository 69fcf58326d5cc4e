import type { CompiledQuery } from 'kysely';
import { postgresQuestions } from '../../../engine/customizations/postgresCatalogue.ts';
import type { Provider, ReadSession } from '../../../engine/environments/provider.ts';

const TABLE = 'LOGISTICSELECTRONICADDRESS';

/**
 * The model's sandbox with a unique index of its own on the addresses, which sanitization makes all alike. `isThere`: until it
 * is withdrawn.
 */
export const customized =
  (isThere: () => boolean = () => true) =>
  (provider: Provider): Provider => ({
    ...provider,
    session: async (...args) => answering(await provider.session(...args), args[1] === 'target' && isThere()),
    open(target, hold, source) {
      const writer = provider.open(target, hold, source);
      return {
        ...writer,
        read: async (side, role) => answering(await writer.read(side, role), side === 'target' && isThere()),
      };
    },
  });

function answering(session: ReadSession, hasIndex: boolean): ReadSession {
  const index = { id: 1, name: 'I_LOCATORIDX', column: 'LOCATOR', key: '"LOCATOR"', nulls_are_equal: false };
  const answers = new Map<string, readonly object[]>([
    // As one that has partitions: SQLite has no other tables below one.
    [
      postgresQuestions.tables.sql,
      [{ id: 1, schema: 'public', table: TABLE, rows: 10, is_partitioned: true, is_hidden: false, may_select: true }],
    ],
    [postgresQuestions.uniqueIndexes.sql, hasIndex ? [index] : []],
    [
      postgresQuestions.columns([1]).sql,
      [{ id: 1, column: 'LOCATOR', type: 'text', is_nullable: false, is_made: false }],
    ],
  ]);
  let isOpen = true;
  return {
    ...session,
    select: async <Row>(query: CompiledQuery<Row>) => {
      if (!isOpen) throw new Error('The session has been closed');
      // As the catalogue would answer.
      return (answers.get(query.sql) as readonly Row[] | undefined) ?? session.select(query);
    },
    async [Symbol.asyncDispose]() {
      isOpen = false;
      await session[Symbol.asyncDispose]();
    },
  };
}
