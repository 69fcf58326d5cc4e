import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../engine/environments/provider.ts';
import type { CompiledQuery } from 'kysely';
import { PostConditionError } from '../../../engine/sanitization/errors.ts';
import { rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import type { Value } from '../../../engine/sanitization/pack/conditionSchema.ts';
import type { Rule, RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { columnTypes, createTables } from './foSchema.ts';
import { packOf as ownPack, SUBJECT } from './fit/subject.ts';
import { lcs2023, sandbox } from './packs.ts';
import { PRODUCTION } from './production.ts';
import { inTransaction, startTestServer } from './testDatabase.ts';
import type { TestDatabase, TestServer } from './testDatabase.ts';

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(createTables() + PRODUCTION);
  copy = await server.database(`
    create function undo() returns trigger language plpgsql as $$
    begin return case when tg_op = 'DELETE' then null else old end; end $$;`);
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const rules = rulesOf(lcs2023).filter((rule) => rule.action !== 'sql');

test('every shipped rule › has something to do in the database in which it is sabotaged', async () => {
  const idle: string[] = [];
  for (const rule of rules) {
    const [result] = await inTransaction(copy, () => sanitize({ session: copy.session, packs: packOf(rule), sandbox }));
    if (result?.rows === 0) idle.push(rule.id);
  }

  expect(idle).toEqual([]);
});

test.each(rules)('a rule › $id that changes no row is caught by its post-condition', async (rule) => {
  const nothing = { column: Object.keys(columnTypes(rule.table))[0] ?? '', equals: impossible(rule.table) };

  expect(await outcomeOf(rule, { ...rule, where: [...(rule.where ?? []), nothing] })).toEqual(caught(rule));
});

const settingRules = rules.filter((rule) => rule.action === 'set-columns');
const settings = settingRules.flatMap((rule) => Object.keys(rule.values).map((column) => ({ rule, column })));

test.each(settings)('a rule › $rule.id that writes something else into $column is caught', async ({ rule, column }) => {
  const value = rule.values[column];

  expect(await outcomeOf(rule, { ...rule, values: { ...rule.values, [column]: wrong(value ?? '') } })).toEqual(
    caught(rule),
  );
});

const clearingRules = rules.filter((rule) => rule.action === 'clear-columns');
const forgotten = clearingRules.flatMap((rule) =>
  rule.columns.length > 1 ? rule.columns.map((column) => ({ rule, column })) : [],
);

test.each(forgotten)('a rule › $rule.id that forgets $column is caught', async ({ rule, column }) => {
  expect(await outcomeOf(rule, { ...rule, columns: rule.columns.filter((each) => each !== column) })).toEqual(
    caught(rule),
  );
});

test.each(rules)('a database › that only says it has carried out $id is caught', async (rule) => {
  const isOfRule = ({ sql }: CompiledQuery) => sql.includes(rule.table);
  const session: Session = {
    ...copy.session,
    async executeTogether(queries) {
      const done = queries.filter((query) => !isOfRule(query) || !/^(update|delete|truncate|alter)/.test(query.sql));
      await copy.session.executeTogether(done);
      return queries.map(() => 1);
    },
  };

  expect(await outcomeOf(rule, rule, session)).toEqual(caught(rule));
});

test.each(rules)('somebody › who puts back what $id takes away is caught', async (rule) => {
  expect(await outcomeOf(rule, rule, puttingBack(rule.table, 'all'))).toEqual(caught(rule));
});

test.each(rules)('somebody › who puts back a single row of $id is caught', async (rule) => {
  expect(await outcomeOf(rule, rule, puttingBack(rule.table, 'one'))).toEqual(caught(rule));
});

const statement = {
  ...{ id: 'statement', table: 'SUBJECT', action: 'sql', offending: [{ column: 'NAME', like: 'secret%' }] },
  statements: { postgres: `update {table} set "NAME" = 'x' || "RECID" where "KIND" = 2` },
};

test.each([
  ['changes nothing', `update {table} set "NAME" = 'x' where false`],
  ['changes half of the rows', `update {table} set "NAME" = 'x' where "RECID" = 1`],
  ['changes other rows', `update {table} set "NAME" = 'x' where "KIND" = 1`],
  ['changes another column', `update {table} set "MAIL" = 'x' where "KIND" = 2`],
  ['writes what identifies somebody', `update {table} set "NAME" = 'secret ' || "RECID" where "KIND" = 2`],
])('a statement of a pack’s own › that %s is caught', async (_, postgres) => {
  await inTransaction(copy, async () => {
    await copy.rows(SUBJECT);
    const sabotaged = { ...statement, statements: { postgres } };

    await expect(sanitize({ session: copy.session, packs: ownPack(sabotaged), sandbox })).rejects.toThrow(
      PostConditionError,
    );
    expect(await verifySanitization({ session: copy.session, packs: ownPack(statement), sandbox })).toMatchObject([
      { ruleId: 'statement', passed: false },
    ]);
  });
});

test('a statement of a pack’s own › that does what it says is not', async () => {
  await inTransaction(copy, async () => {
    await copy.rows(SUBJECT);
    expect(await sanitize({ session: copy.session, packs: ownPack(statement), sandbox })).toMatchObject([{ rows: 2 }]);
  });
});

test.each(rules)('a trigger › that would undo $id rests, and is awake again afterwards', async (rule) => {
  await inTransaction(copy, async () => {
    await copy.rows(
      `create trigger undo before update or delete on "${rule.table}" for each row execute function undo();
       alter table "${rule.table}" enable always trigger undo;`,
    );
    await sanitize({ session: copy.session, packs: packOf(rule), sandbox });

    expect(await copy.rows(`select tgenabled::text as state from pg_trigger where tgname = 'undo'`)).toEqual([
      { state: 'A' },
    ]);
  });
});

/** After every change of the table, all that was there before is there again, or one row of it. */
function puttingBack(table: string, what: 'all' | 'one'): Session {
  const hasKey = 'RECID' in columnTypes(table);
  const back =
    what === 'all' || !hasKey
      ? `delete from "${table}"; insert into "${table}" select * from saved;`
      : `create temp table lost as (select * from saved except all select * from "${table}") limit 1;
         delete from "${table}" where "RECID" in (select "RECID" from lost); insert into "${table}" select * from lost; drop table lost;`;
  return {
    ...copy.session,
    executeTogether: async (queries) => {
      const isOfTable = new RegExp(`^(update|delete from|truncate table|alter table) "public"\\."${table}"`);
      if (!queries.some(({ sql }) => isOfTable.test(sql))) return copy.session.executeTogether(queries);
      await copy.rows(`create temp table saved as select * from "${table}"`);
      const result = await copy.session.executeTogether(queries);
      await copy.rows(`${back} drop table saved;`);
      return result;
    },
  };
}

/** How the sabotaged rule ends, and what the real rule's post-condition says later about what it has left behind. */
function outcomeOf(real: Rule, sabotaged: Rule, session = copy.session) {
  return inTransaction(copy, async () => {
    const failure = await sanitize({ session, packs: packOf(sabotaged), sandbox }).catch((error: unknown) => error);
    const verdicts = await verifySanitization({ session: copy.session, packs: packOf(real), sandbox });
    return {
      failure: failure instanceof PostConditionError ? failure.message.split(',')[0] : failure,
      verdicts: verdicts.map(({ passed, ruleId }) => ({ ruleId, passed })),
    };
  });
}

function caught({ id, table }: Rule) {
  return {
    failure: `Post-condition of rule ${id} does not hold: in ${table}`,
    verdicts: [{ ruleId: id, passed: false }],
  };
}

function packOf(rule: Rule): readonly RulePack[] {
  const element = { id: 'only', title: 'Only', source: 'A test', disposition: 'kept-from-target', reason: '' } as const;
  return [{ name: 'only', title: 'Only', elements: [{ ...element, rules: [rule] }] }];
}

function impossible(table: string): string | number {
  return Object.values(columnTypes(table))[0] === 'text' ? 'no row has this' : -42;
}

function wrong(value: Value): Value {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'object' || value === null) return 'left@behind.example';
  if ('administrator' in value) return 'somebody@else.example';
  return { from: { ...value.from, where: [{ column: 'PARTITIONKEY', equals: 'branches' }] } };
}
