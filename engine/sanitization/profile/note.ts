import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Profile } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { ask } from '../passes/facts/ask.ts';
import { hasLedger, isLedgerLeft, LEDGER_SCHEMA } from '../passes/ledger.ts';
import { speakExactly } from '../target/exactValues.ts';
import { fold, isReserved } from './accounts.ts';
import { lookUp, wordOfProduction, type ProductionWord } from './decideUsers.ts';
import type { PlannedList } from './list.ts';
import { sharedWithProduction } from './ownRows.ts';
import { readAccounts } from './readAccounts.ts';
import { openTables, readRows, textIn } from './rows.ts';
import { runningJobs } from './writeJobs.ts';

/** What only production can say and the rules take out of the copy: about users by a word, about jobs by record numbers. */
const noteShape = z.object({
  users: z.array(z.tuple([z.string(), z.string()])),
  jobs: z.array(z.string()),
  clients: z.array(z.string()),
});
export interface ProductionNote {
  readonly users: ReadonlyMap<string, ProductionWord>;
  readonly jobs: readonly string[];
  readonly clients: readonly string[];
}

/**
 * Notes in the copy, before the first rule, what production says of those whom the plan means. Safe to repeat; once a rule has begun it is
 * too late, and then nobody is known.
 */
export async function noteProduction(copy: Session, profile: Profile, list: PlannedList): Promise<void> {
  if ((await hasNote(copy)) || (await hasLedger(copy))) return;
  await speakExactly(copy);
  const accounts = list.users.length === 0 ? [] : (await readAccounts(copy)).accounts;
  const production = lookUp(accounts);
  const note = {
    users: list.users.map((user) => [fold(user.id), wordOfProduction(user, production)]),
    jobs: await runningJobs(copy, profile),
    clients: await sharedWithProduction(copy, profile.clients ?? []),
  };
  const db = offlineBuilder(copy.dialect).withSchema(LEDGER_SCHEMA);
  await copy.executeTogether([
    ...CREATE[copy.dialect].map((text) => CompiledQuery.raw(text)),
    db
      .insertInto('profile_note')
      .values({ note: JSON.stringify(note) })
      .compile(),
  ]);
}

const CREATE = {
  postgres: ['CREATE SCHEMA IF NOT EXISTS rewind', 'CREATE TABLE rewind.profile_note (note text NOT NULL)'],
  mssql: [
    "IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')",
    'CREATE TABLE rewind.profile_note (note nvarchar(max) NOT NULL)',
  ],
};

/**
 * What was noted; behind an attempt that took the notes out of the copy already, what that attempt has let in: the closed copy itself
 * remembers it, and nobody else writes there.
 */
export async function readNote(copy: ReadSession, profile: Profile): Promise<ProductionNote> {
  if (!(await hasNote(copy))) return (await isLedgerLeft(copy)) ? NOBODY : leftByEarlier(copy, profile);
  const db = offlineBuilder(copy.dialect).withSchema(LEDGER_SCHEMA);
  const [row] = await copy.select(db.selectFrom('profile_note').select('note').compile());
  const { users, ...rest } = noteShape.parse(JSON.parse(z.object({ note: z.string() }).parse(row).note));
  // Written by noteProduction.
  return { users: new Map(users as readonly (readonly [string, ProductionWord])[]), ...rest };
}

/** Sanitized without a note: nobody is known. */
const NOBODY: ProductionNote = { users: new Map(), jobs: [], clients: [] };

async function leftByEarlier(copy: ReadSession, profile: Profile): Promise<ProductionNote> {
  const users = (await openTables(copy, ['USERINFO'])).get('USERINFO');
  const rows = users === undefined || profile.users === undefined ? [] : await readRows(copy, users, ['ID', 'ENABLE']);
  const enabled = rows.filter((row) => textIn(row, 'ENABLE') !== '0').map((row) => textIn(row, 'ID'));
  const clients = profile.clients ?? [];
  const back = new Set(await sharedWithProduction(copy, clients));
  return {
    users: new Map(enabled.filter((id) => !isReserved(id)).map((id) => [fold(id), 'same'])),
    jobs: await runningJobs(copy, profile),
    // One that did not come back may be production's.
    clients: clients.map(fold).filter((each) => !back.has(each)),
  };
}

async function hasNote(session: ReadSession): Promise<boolean> {
  const [row] = await ask(session, z.object({ n: z.coerce.number() }), HAS_NOTE[session.dialect]);
  return (row?.n ?? 0) > 0;
}

const HAS_NOTE = {
  mssql:
    "SELECT COUNT(*) AS n FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = N'rewind' AND t.name = N'profile_note'",
  postgres:
    "SELECT count(*) AS n FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace WHERE s.nspname = 'rewind' AND c.relname = 'profile_note'",
};
