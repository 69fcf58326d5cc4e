import { afterAll, beforeAll, expect, test } from 'vitest';
import { rulesOf, type Rule, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { dropLedger } from '../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { tablesFor } from './packSchema.ts';
import { sandbox, shippedPack } from './packs.ts';
import { inTransaction, startTestServer, type TestDatabase, type TestServer } from './testDatabase.ts';

const PACKS = ['quiet', 'personal-data'].map(shippedPack);
const rules = rulesOf(PACKS);

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(tablesFor(rules));
  copy = await server.database();
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test('quiet and personal-data › leave nothing of what every rule of theirs is about, and have nothing to do a second time', async () => {
  const before = await verifySanitization({ session: copy.session, packs: PACKS, sandbox });
  await inTransaction(copy, async () => {
    const results = await sanitize({ session: copy.session, packs: PACKS, sandbox });
    const after = await verifySanitization({ session: copy.session, packs: PACKS, sandbox });
    await dropLedger(copy.session);
    const again = await sanitize({ session: copy.session, packs: PACKS, sandbox });

    expect(before.filter(({ passed }) => passed).map(({ ruleId }) => ruleId)).toEqual([]);
    expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
    expect(after.filter(({ passed }) => !passed)).toEqual([]);
    expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
  });
});

test('a rule of quiet or personal-data › that forgets one of its columns is caught by its post-condition', async () => {
  const most = Math.max(...rules.map((rule) => columnsOf(rule).length));
  for (let n = 0; n < most; n += 1) {
    const sabotaged = rules.filter((rule) => n < columnsOf(rule).length);
    const packs =
      sabotaged.length === 0 ? [] : packOf(sabotaged.map((rule) => without(rule, columnsOf(rule)[n] ?? '')));
    const verdicts = await inTransaction(copy, async () => {
      await sanitize({ session: copy.session, packs, sandbox });
      return verifySanitization({ session: copy.session, packs: packOf(sabotaged), sandbox });
    });

    expect(
      verdicts.filter(({ passed }) => passed).map(({ ruleId }) => `${ruleId} without column ${String(n)}`),
    ).toEqual([]);
  }
}, 60_000);

function columnsOf(rule: Rule): readonly string[] {
  const columns =
    rule.action === 'mask'
      ? Object.keys(rule.columns)
      : rule.action === 'set-columns'
        ? Object.keys(rule.values)
        : rule.action === 'clear-columns'
          ? rule.columns
          : [];
  return columns.length > 1 ? columns : [];
}

/** Its own post-condition would stop everything at the first of many, so it asks for nothing. */
function without(rule: Rule, column: string): Rule {
  const rest = <V>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== column));
  const silent = { offending: [{ column: 'RECID', equals: -42 }] };
  if (rule.action === 'mask') return { ...rule, ...silent, columns: rest(rule.columns) };
  if (rule.action === 'set-columns') return { ...rule, ...silent, values: rest(rule.values) };
  return rule.action === 'clear-columns'
    ? { ...rule, ...silent, columns: rule.columns.filter((each) => each !== column) }
    : rule;
}

function packOf(own: readonly Rule[]): readonly RulePack[] {
  const element = { id: 'only', title: 'Only', source: 'A test', disposition: 'kept-from-target', reason: '' } as const;
  return [{ name: 'only', title: 'Only', elements: [{ ...element, rules: [...own] }] }];
}
