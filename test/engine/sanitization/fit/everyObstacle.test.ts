import { afterAll, beforeAll, expect, test } from 'vitest';
import { ColumnMismatchError, RulesDoNotFitError } from '../../../../engine/sanitization/errors.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { inTransaction, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { KINDS, packOf, RULES, sandbox, SUBJECT } from './subject.ts';

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer('');
  copy = await server.emptyDatabase(`create table "AUDIT" ("OLD" text); ${SUBJECT}
    create function audit() returns trigger language plpgsql as $$
    begin insert into "AUDIT" values (old."NAME"); return case when tg_op = 'DELETE' then old else new end; end $$;
    create function undo() returns trigger language plpgsql as $$
    begin return case when tg_op = 'DELETE' then null else old end; end $$;`);
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

type Kind = (typeof KINDS)[number];
interface Obstacle {
  readonly script: string;
  /** Kinds of rules that are refused, with what they say. */
  readonly refused?: Partial<Readonly<Record<Kind, string>>>;
  /** What has to be as it was. */
  readonly unchanged?: string;
  /** A statement of a pack's own is refused by the server itself. */
  readonly isForTheServer?: true;
  /** Where no secret may be left; the tables of that name are looked at anyway. */
  readonly cleared?: readonly string[];
}

const partitioned = (partitions: string) => `
  drop table "SUBJECT"; create table "SUBJECT" ("RECID" bigint, "KIND" int not null, "NAME" varchar(20) not null default '',
    "MAIL" text, "RECVERSION" int not null default 1) partition by range ("RECID"); ${partitions}
  insert into "SUBJECT" values (1, 2, 'secret one', 'secret@one'), (11, 1, 'kept', null), (12, 2, 'secret two', ''),
    (21, 1, 'kept', 'kept'), (22, 1, 'kept', 'kept');`;
const deletes = (message: string) => ({ 'delete-rows': message, 'keep-rows': message });
const writes = (message: string) => ({
  ...{ 'set-columns': message, 'clear-columns': message, 'keep-columns': message },
});
const triggerStates = `select tgrelid::regclass::text as of, tgname, tgenabled::text as state from pg_trigger where not tgisinternal order by 1, 2`;

const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  'no obstacle at all': { script: '' },
  'an audit trigger, one that is off, one that is always on and one for replicas': {
    script: `create trigger audit before update or delete on "SUBJECT" for each row execute function audit();
      create trigger off before update or delete on "SUBJECT" for each row execute function undo();
      create trigger always before update or delete on "SUBJECT" for each row execute function undo();
      create trigger replica before update or delete on "SUBJECT" for each row execute function undo();
      alter table "SUBJECT" disable trigger off; alter table "SUBJECT" enable always trigger always;
      alter table "SUBJECT" enable replica trigger replica;`,
    unchanged: triggerStates,
    cleared: ['select "OLD" from "AUDIT"'],
  },
  'a rule that keeps old values, and one that swallows changes': {
    script: `create rule audited as on update to "SUBJECT" do also insert into "AUDIT" values (old."NAME");
      create rule swallowed as on delete to "SUBJECT" do instead nothing;`,
    unchanged: `select rulename, ev_enabled::text from pg_rewrite where ev_class = '"SUBJECT"'::regclass order by 1`,
    cleared: ['select "OLD" from "AUDIT"'],
  },
  'a statement trigger on truncation': {
    script: `create trigger audit before truncate on "SUBJECT" execute function audit();`,
    unchanged: triggerStates,
  },
  'row-level security that hides the rows from the owner': {
    script: `create role clerk; grant all on schema public to clerk; do $$ begin execute format($f$grant create on database %I to clerk$f$, current_database()); end $$; alter table "SUBJECT" owner to clerk;
      alter table "AUDIT" owner to clerk; alter table "SUBJECT" enable row level security;
      alter table "SUBJECT" force row level security; create policy few on "SUBJECT" using ("KIND" = 1);
      set local role clerk;`,
    unchanged: `select relrowsecurity, relforcerowsecurity from pg_class where relname = 'SUBJECT'`,
  },
  'a generated column': {
    script: `alter table "SUBJECT" add column "SHOUTED" text generated always as (upper("NAME")) stored,
      add column "WHISPERED" text generated always as (lower("MAIL")) virtual;`,
  },
  'materialized views, one over the other, one that reads through a function, one that was never filled': {
    script: `create view "SEEN" as select "NAME", "MAIL" from "SUBJECT";
      create materialized view "STORED" as select * from "SEEN";
      create materialized view "AGAIN" as select count(*) as n, max("NAME") as most from "STORED";
      create function names() returns text language plpgsql stable as $$
      begin return (select string_agg("NAME", ',') from public."SUBJECT"); end $$;
      create materialized view "THROUGH" as select names() as all_of_them;
      create materialized view "NEVER" as select * from "SEEN" with no data;`,
    cleared: ['select * from "STORED"', 'select * from "AGAIN"', 'select * from "THROUGH"'],
    unchanged: `select relname, relispopulated from pg_class where relkind = 'm' order by 1`,
  },
  'partitions whose rows have the same addresses': {
    script: partitioned(`create table "S0" partition of "SUBJECT" for values from (0) to (10);
      create table "S1" partition of "SUBJECT" for values from (10) to (20);
      create table "S2" partition of "SUBJECT" for values from (20) to (30);`),
    unchanged: `select "RECID", "NAME", "MAIL", "RECVERSION" from "SUBJECT" where "KIND" = 1 order by 1`,
  },
  'a partition of the same name in another schema, with a trigger of its own': {
    script: `create schema ax; ${partitioned(`create table "S0" partition of "SUBJECT" for values from (0) to (10);
      create table ax."SUBJECT" partition of "SUBJECT" for values from (10) to (30);`)}
      create trigger audit before update or delete on ax."SUBJECT" for each row execute function audit();
      create trigger above before update or delete on "SUBJECT" for each row execute function audit();
      alter table ax."SUBJECT" disable trigger above;`,
    unchanged: `select tgrelid::regclass::text as of, tgname, tgenabled::text as state, null from pg_trigger where not tgisinternal
      union all select "RECID"::text, "NAME", "MAIL", "RECVERSION" from "SUBJECT" where "KIND" = 1 order by 1, 2`,
    cleared: ['select "OLD" from "AUDIT"'],
  },
  'a child that inherits': {
    script: `create table "CHILD" ("MORE" text) inherits ("SUBJECT");
      insert into "CHILD" values (1, 1, 'kept', 'kept', 1, ''), (2, 1, 'kept', 'kept', 1, ''), (9, 2, 'secret', 'secret', 1, '');
      create trigger audit before update or delete on "CHILD" for each row execute function audit();`,
    unchanged: `select "RECID", "NAME", "MAIL", "RECVERSION" from "SUBJECT" where "KIND" = 1 order by 1`,
    cleared: ['select "OLD" from "AUDIT"'],
  },
  'a table of the same name in another schema': {
    script: `create schema ax; create table ax."SUBJECT" as select * from "SUBJECT"; insert into ax."SUBJECT" select * from "SUBJECT";`,
    cleared: ['select * from ax."SUBJECT"'],
    unchanged: `select "RECID", "NAME", "MAIL", "RECVERSION" from ax."SUBJECT" where "KIND" = 1`,
  },
  'statistics, also those over several columns': {
    script: `insert into "SUBJECT" select n + 100, 2, 'secret ' || n % 5, 'secret@mail' from generate_series(1, 200) n;
      create statistics pairs (mcv) on "NAME", "MAIL" from "SUBJECT"; analyze "SUBJECT";`,
    unchanged: `select stxname, stxkind::text from pg_statistic_ext`,
  },
  'a unique index': {
    script: `create unique index one_name on "SUBJECT" ("NAME");`,
    refused: writes('public.SUBJECT.NAME belongs to unique index one_name, in which several rows would be the same'),
  },
  'a unique index over an expression and some of the rows': {
    script: `create unique index one_name on "SUBJECT" (lower("NAME"), "KIND") where "KIND" = 2;`,
    refused: writes('public.SUBJECT.NAME belongs to unique index one_name'),
  },
  'a constraint that excludes equal values': {
    script: `alter table "SUBJECT" add constraint only_one exclude using btree ("NAME" with =);`,
    refused: writes('public.SUBJECT.NAME belongs to unique index only_one, in which several rows would be the same'),
  },
  'a unique index over other rows': {
    script: `create unique index one_name on "SUBJECT" (lower("NAME")) where "KIND" = 1;`,
  },
  'a unique index over a computed column': {
    script: `alter table "SUBJECT" add column "SHOUTED" text generated always as (upper("NAME")) stored unique;`,
    refused: writes('belongs to unique index SUBJECT_SHOUTED_key'),
  },
  'a unique index in a partition': {
    script: `${partitioned(`create table "S0" partition of "SUBJECT" for values from (0) to (30);`)}
      create unique index one_name on "S0" ("NAME", "MAIL", "RECID");
      create unique index two_names on "S0" ("NAME") where "KIND" = 2;`,
    refused: writes('public.S0.NAME belongs to unique index two_names'),
  },
  'a check constraint': {
    isForTheServer: true,
    script: `alter table "SUBJECT" add constraint long_names check (length("NAME") > 6 or "KIND" = 1);`,
    refused: {
      'set-columns': 'public.SUBJECT.NAME would break check constraint long_names (rule subject',
      'clear-columns': 'public.SUBJECT.NAME would break check constraint long_names',
      'keep-columns': 'public.SUBJECT.NAME would break check constraint long_names',
    },
  },
  'a foreign key that nothing points with': {
    script: `create table "ORDERS" ("ID" int, "SUBJECT" bigint references "SUBJECT"); insert into "ORDERS" values (1, 3), (2, null);`,
  },
  'a foreign key that refuses': {
    script: `create table "ORDERS" ("ID" int, "SUBJECT" bigint references "SUBJECT"); insert into "ORDERS" values (1, 1);`,
    refused: deletes(
      'public.ORDERS.SUBJECT would point at rows of public.SUBJECT that are not there (foreign key ORDERS_SUBJECT_fkey) (rule subject of only: let a rule that stands before it delete or clear these rows of public.ORDERS)',
    ),
  },
  'a foreign key that would take rows of another table along': {
    script: `create schema sales; create table sales."ORDERS" ("ID" int, "SUBJECT" bigint references "SUBJECT" on delete cascade);
      insert into sales."ORDERS" values (1, 1);`,
    refused: deletes('sales.ORDERS.SUBJECT would point at rows of public.SUBJECT that are not there'),
  },
  'a foreign key of its own': {
    isForTheServer: true,
    script: `create table "NAMES" ("NAME" varchar(20) primary key); insert into "NAMES" select "NAME" from "SUBJECT";
      alter table "SUBJECT" add constraint known foreign key ("NAME") references "NAMES";`,
    refused: {
      ...writes('public.SUBJECT.NAME would point at rows of public.NAMES that are not there (foreign key known)'),
      mask: 'public.SUBJECT.NAME belongs to foreign key known with public.NAMES.NAME, which is not masked in the same way',
    },
  },
  'a foreign key to a column that is written': {
    script: `alter table "SUBJECT" add unique ("NAME"); delete from "SUBJECT" where "RECID" = 2;
      create table "NICKNAMES" ("NAME" varchar(20) references "SUBJECT" ("NAME") on update cascade);
      insert into "NICKNAMES" values ('secret one');`,
    refused: {
      ...writes('public.NICKNAMES.NAME would point at rows of public.SUBJECT that are not there'),
      ...deletes('public.NICKNAMES.NAME would point at rows of public.SUBJECT that are not there'),
      mask: 'public.SUBJECT.NAME belongs to foreign key NICKNAMES_NAME_fkey with public.NICKNAMES.NAME, which is not masked in the same way',
    },
  },
  'a column that the server computes': {
    isForTheServer: true,
    script: `alter table "SUBJECT" drop column "NAME", add column "NAME" text generated always as (coalesce("MAIL", 'kept')) stored;`,
    refused: {
      ...writes('public.SUBJECT.NAME is computed by the server'),
      mask: 'SUBJECT.NAME is made by the server itself and cannot be masked',
    },
  },
  'a column by which rows are partitioned': {
    script: partitioned(`create table "S0" partition of "SUBJECT" for values from (0) to (30);`)
      .replace('by range ("RECID")', 'by list ("NAME")')
      .replace('for values from (0) to (30)', 'default'),
    refused: {
      ...writes('public.SUBJECT.NAME decides in which partition a row lies'),
      mask: 'public.SUBJECT.NAME decides in which partition a row lies',
    },
  },
  'a column too short for the value': {
    script: `create domain short_text as varchar(3); alter table "SUBJECT" drop column "NAME", add column "NAME" short_text not null default ''; update "SUBJECT" set "MAIL" = null where "KIND" = 2;`,
    refused: {
      'set-columns':
        'public.SUBJECT.NAME holds 3 characters, fewer than the 6 of the value (rule subject of only: shorten the value)',
      mask: 'SUBJECT.NAME holds 3 characters, and no form of the mask token has fewer than 4: clear it or set it',
    },
  },
  'a column of a type that no constant has': {
    script: `alter table "SUBJECT" drop column "MAIL", add column "MAIL" xml; update "SUBJECT" set "MAIL" = '<secret/>' where "KIND" = 2;`,
    refused: {
      'set-columns': 'public.SUBJECT.MAIL has the type xml, which no constant can be compared with',
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
    },
  },
  'a column of numbers': {
    script: `alter table "SUBJECT" drop column "MAIL", add column "MAIL" smallint not null default 1;`,
    refused: {
      'set-columns': 'public.SUBJECT.MAIL has the type smallint, which “” is no value of',
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
      sql: '',
    },
  },
  'a table that this account may not read': {
    script: `create role stranger; grant all on schema public to stranger; set local role stranger;`,
    refused: Object.fromEntries(
      KINDS.map((kind) => [kind, 'public.SUBJECT may not be touched by this account: SELECT']),
    ),
  },
  'a table that this account may only read': {
    script: `create role reader; grant select on "SUBJECT" to reader; set local role reader;`,
    refused: {
      ...deletes('public.SUBJECT may not be touched by this account: DELETE is denied'),
      ...writes('public.SUBJECT may not be touched by this account: UPDATE is denied'),
      mask: 'public.SUBJECT may not be touched by this account: UPDATE is denied',
      sql: 'public.SUBJECT may not be touched by this account: UPDATE, DELETE is denied',
    },
  },
  'triggers of which this account is not the owner': {
    script: `create trigger audit before update or delete on "SUBJECT" for each row execute function audit();
      create role worker; grant all on "SUBJECT", "AUDIT" to worker; set local role worker;`,
    refused: Object.fromEntries(
      KINDS.map((kind) => [kind, 'public.SUBJECT may not be touched by this account: ALTER']),
    ),
  },
  'a column that this account may not read': {
    script: `create role half; grant select ("RECID", "KIND", "RECVERSION", "NAME"), update, delete on "SUBJECT" to half; set local role half;`,
    refused: Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        'public.SUBJECT may not be touched by this account: SELECT is denied (rule subject of only: grant it SELECT)',
      ]),
    ),
  },
};

const cases = Object.entries(OBSTACLES).flatMap(([name, obstacle]) =>
  KINDS.filter((kind) => obstacle.refused?.[kind] !== '').map((kind) => ({ name, kind, obstacle })),
);

const isRefused = ({ kind, obstacle }: (typeof cases)[number]) => obstacle.refused?.[kind] !== undefined;
const isForTheServer = ({ kind, obstacle }: (typeof cases)[number]) => kind === 'sql' && obstacle.isForTheServer;

test.each(cases.filter(isRefused))('$kind × $name › is refused with its place', async ({ kind, obstacle }) => {
  await inTransaction(copy, async () => {
    await copy.rows(obstacle.script);
    const session = { ...copy.session, execute: () => Promise.reject(new Error('A statement was executed')) };

    const refused = sanitize({ session, packs: packOf(RULES[kind]), sandbox });

    await expect(refused).rejects.toSatisfy(
      (error) => error instanceof RulesDoNotFitError || (kind === 'mask' && error instanceof ColumnMismatchError),
    );
    await expect(refused).rejects.toThrow(obstacle.refused?.[kind]);
  });
});

test.each(cases.filter(isForTheServer))('$kind × $name › is refused by the server', async ({ kind, obstacle }) => {
  await inTransaction(copy, async () => {
    await copy.rows(obstacle.script);

    await expect(sanitize({ session: copy.session, packs: packOf(RULES[kind]), sandbox })).rejects.toThrow(
      /foreign key|check constraint|can only be updated to DEFAULT/,
    );
  });
});

const handled = cases.filter((each) => !isRefused(each) && !isForTheServer(each));

test.each(handled)('$kind × $name › is handled', async ({ kind, obstacle }) => {
  await inTransaction(copy, async () => {
    await copy.rows(obstacle.script);
    const unchanged = () => (obstacle.unchanged === undefined ? [] : copy.rows(obstacle.unchanged));
    const before = await unchanged();
    const packs = packOf(RULES[kind]);

    await sanitize({ session: copy.session, packs, sandbox });

    await copy.rows('reset role');
    const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
    expect(await unchanged()).toEqual(before);
    const looked = ['select * from "SUBJECT"', ...(obstacle.cleared ?? []), ...STATISTICS];
    const leaking: string[] = [];
    for (const question of looked)
      if (/secret/i.test(JSON.stringify(await copy.rows(question)))) leaking.push(question);
    expect(leaking).toEqual([]);
  });
});

/** Where a planner keeps values: readable for everybody who may read the table. */
const STATISTICS = [
  "select most_common_vals::text, histogram_bounds::text from pg_stats where schemaname not in ('pg_catalog', 'information_schema')",
  'select most_common_vals from pg_stats_ext',
];
