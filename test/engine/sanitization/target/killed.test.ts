import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../../engine/environments/provider.ts';
import { applyTargetSettings } from '../../../../engine/sanitization/target/applyTargetSettings.ts';
import type { RuleResult } from '../../../../engine/sanitization/ruleResult.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { packOf, sandbox } from '../fit/subject.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(`
    create table "SETTINGS" ("RECID" bigint primary key, "VALUE" text not null);
    create table "AUDIT" ("VALUE" text);
    create function audited() returns trigger language plpgsql as $$
      begin insert into "AUDIT" values (case tg_op when 'DELETE' then old."VALUE" else new."VALUE" end); return null; end $$;
    create trigger audited after insert or delete on "SETTINGS" for each row execute function audited();
    create trigger always after insert on "SETTINGS" for each row execute function audited();
    create trigger never after delete on "SETTINGS" for each row execute function audited();
    alter table "SETTINGS" enable always trigger always;
    alter table "SETTINGS" disable trigger never;`);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const packs = packOf({ id: 'settings', table: 'SETTINGS', action: 'keep-rows', offending: 'any-row' });
const STATES = `select tgname, tgenabled from pg_trigger where not tgisinternal order by 1`;

test('workers that are killed behind every statement of the target’s settings › leave each trigger as it was, and what it watches unwritten', async () => {
  await using target = await server.database(`
    insert into "SETTINGS" select n, 'of the sandbox ' || n from generate_series(1, 9) n; delete from "AUDIT";`);
  await using copy = await server.database();
  const before = await copy.rows(STATES);
  let deaths = 0;
  let kept: readonly RuleResult[] | undefined;
  while ((kept = await attempt(target, copy, deaths + 1)) === undefined) deaths += 1;

  expect(deaths).toBeGreaterThan(5);
  expect(await copy.rows(STATES)).toEqual(before);
  expect(await copy.rows('select * from "AUDIT"')).toEqual([]);
  expect((await copy.rows('select "VALUE" from "SETTINGS"')).length).toBe(9);
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox, kept });
  expect(verdicts.map(({ passed }) => passed)).toEqual([true]);
});

/** Ends behind its `last` writing statement, when it has so many. */
async function attempt({ session: target }: TestDatabase, { session }: TestDatabase, last: number) {
  let done = 0;
  const dying =
    <Arguments extends readonly unknown[], Result>(work: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments) => {
      if (done >= last) throw new Error('killed');
      const result = await work(...args);
      done += 1;
      if (done >= last) throw new Error('killed');
      return result;
    };
  const copy: Session = {
    ...session,
    execute: dying((query) => session.execute(query)),
    executeTogether: dying((queries) => session.executeTogether(queries)),
    maintain: dying((query) => session.maintain(query)),
  };
  try {
    return await applyTargetSettings({ target, copy, packs, sandbox, batchRows: 4 });
  } catch (error) {
    if (error instanceof Error && error.message === 'killed') return undefined;
    throw error;
  }
}
