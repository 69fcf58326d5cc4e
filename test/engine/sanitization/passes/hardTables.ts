import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import type { Sizes } from '../../../../engine/sanitization/passes/chooseMethod.ts';
import { sandbox } from '../packs.ts';

export { sandbox };

/** So small that a table of a few thousand rows takes every way. */
export const SMALL: Sizes = {
  ...{ smallPages: 1, smallRows: 100, pagesPerRange: 8, rowsPerSlice: 400, sampledPages: 1_000, rewriteShare: 0.18 },
};

const element = { id: 'all', title: 'All', source: 'A test', disposition: 'cleared', reason: 'a test' } as const;
const cleared = (column: string) => [{ column, isNotEmpty: true as const }];
const TEN = [{ column: 'KIND', equals: 3 }];

/** One rule for every way in which rows are changed. */
export const hardPacks = [
  parsePack(
    {
      name: 'hard',
      title: 'Hard',
      elements: [
        {
          ...element,
          rules: [
            // All rows: written anew.
            {
              id: 'rewritten',
              table: 'REWRITTEN',
              action: 'clear-columns',
              columns: ['NOTE'],
              offending: cleared('NOTE'),
            },
            {
              ...{ id: 'rewritten-too', table: 'REWRITTEN', action: 'set-columns', values: { KIND: 9 } },
              offending: [{ column: 'KIND', notIn: [9] }],
            },
            // A tenth of the rows: ranges of pages.
            {
              ...{ id: 'ranged', table: 'RANGED', action: 'clear-columns', columns: ['NOTE'], where: TEN },
              offending: [...TEN, ...cleared('NOTE')],
            },
            // Two rules on one column, which a view holds: slices of the key.
            {
              ...{ id: 'sliced', table: 'SLICED', action: 'set-columns', values: { NOTE: 'first' }, where: TEN },
              offending: [...TEN, { column: 'NOTE', notIn: ['first', 'second'] }],
            },
            {
              ...{ id: 'sliced-too', table: 'SLICED', action: 'set-columns', values: { NOTE: 'second', KIND: 4 } },
              ...{ where: [{ column: 'NOTE', equals: 'first' }] },
              offending: [{ column: 'NOTE', equals: 'first' }],
            },
            { id: 'thinned', table: 'THINNED', action: 'delete-rows', where: TEN, offending: TEN },
            { id: 'emptied-lines', table: 'EMPTIEDLINES', action: 'delete-rows', offending: 'any-row' },
            { id: 'emptied', table: 'EMPTIED', action: 'delete-rows', offending: 'any-row' },
            // Something else refers to it, so it is not emptied at once.
            { id: 'referred', table: 'REFERRED', action: 'delete-rows', offending: 'any-row' },
            { id: 'small', table: 'SMALL', action: 'clear-columns', columns: ['NOTE'], offending: cleared('NOTE') },
          ],
        },
      ],
    },
    'hard.yaml',
  ),
];

export const TABLES = ['REWRITTEN', 'RANGED', 'SLICED', 'THINNED', 'EMPTIED', 'EMPTIEDLINES', 'REFERRED', 'SMALL'];

const rows = (table: string) => (table === 'SMALL' ? 5 : 1_500);

/** With triggers of every kind, a rule, a policy that binds the owner too, and an event trigger that forbids all DDL. */
export const HARD_TABLES = `
create table "AUDIT" (note text);
create function audit() returns trigger language plpgsql as $$
  begin insert into "AUDIT" values (coalesce(old."NOTE", '')); return coalesce(new, old); end $$;
create function audit_all() returns trigger language plpgsql as $$ begin insert into "AUDIT" values ('emptied'); return null; end $$;
${TABLES.map(
  (table) => `
create table "${table}" ("PARTITION" bigint not null, "ACCOUNT" varchar(20) not null, "KIND" int not null, "NOTE" varchar(60) not null,
  "RECVERSION" int not null default 1, "RECID" bigserial, primary key ("PARTITION", "ACCOUNT"));
insert into "${table}" select 1 + n % 2, 'C' || n, n % 10, 'Secret' || n from generate_series(1, ${String(rows(table))}) n;
create trigger "on" after update or delete on "${table}" for each row execute function audit();
create trigger "always" after update or delete on "${table}" for each row execute function audit();
create trigger "replica" after update or delete on "${table}" for each row execute function audit();
create trigger "off" after update or delete on "${table}" for each row execute function audit();
create trigger "all" before truncate on "${table}" for each statement execute function audit_all();
alter table "${table}" enable always trigger "always";
alter table "${table}" enable replica trigger "replica";
alter table "${table}" disable trigger "off";
create rule "kept @1" as on delete to "${table}" where old."RECID" = 3 do instead nothing;
alter table "${table}" enable row level security, force row level security;
create policy half on "${table}" using ("RECID" % 2 = 0);`,
).join('')}
alter table "EMPTIEDLINES" add foreign key ("PARTITION", "ACCOUNT") references "EMPTIED" ("PARTITION", "ACCOUNT");
create table "OTHER" ("PARTITION" bigint, "ACCOUNT" varchar(20), foreign key ("PARTITION", "ACCOUNT") references "REFERRED" ("PARTITION", "ACCOUNT"));
create view seen as select "NOTE" from "SLICED";
create index on "REWRITTEN" ("NOTE");
delete from "SLICED" where "KIND" = 7; delete from "RANGED" where "KIND" = 7;
truncate "AUDIT";`;

export const EVENT_TRIGGER = `
create function forbid() returns event_trigger language plpgsql as $$ begin raise 'no DDL here'; end $$;
create event trigger forbidden on ddl_command_start execute function forbid();
alter event trigger forbidden enable always;`;

/** Everything that may rest, as the catalogue has it. */
export const STATES = `
select 'trigger' as kind, tgrelid::regclass::text || ' ' || tgname as name, tgenabled::text as state from pg_trigger where not tgisinternal
union all select 'rule', ev_class::regclass::text || ' ' || rulename, ev_enabled::text from pg_rewrite where rulename <> '_RETURN'
union all select 'policies', oid::regclass::text, relrowsecurity::text || relforcerowsecurity::text from pg_class where relrowsecurity or relforcerowsecurity
union all select 'event', evtname, evtenabled::text from pg_event_trigger
order by 1, 2`;
