import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Runs that wait for somebody who accepts what was found: no table of their own, but a state that a process of before does not know. */
export const exceptionProtocol: Migration = {
  async up(db) {
    await sql`update journal_state set value = 4 where name = 'protocol'`.execute(db);
  },
};
