import { afterAll, beforeAll, expect, test } from 'vitest';
import { rulesOf, type Rule, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
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
    const again = await sanitize({ session: copy.session, packs: PACKS, sandbox });

    expect(before.filter(({ passed }) => passed).map(({ ruleId }) => ruleId)).toEqual([]);
    expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
    expect(after.filter(({ passed }) => !passed)).toEqual([]);
    expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
  });
});

test('a rule of quiet or personal-data › that forgets one of its columns is caught by its post-condition', async () => {
  const escaped: string[] = [];
  for (const rule of rules) {
    for (const column of columnsOf(rule)) {
      const left = await inTransaction(copy, async () => {
        await sanitize({ session: copy.session, packs: packOf(without(rule, column)), sandbox }).catch(() => undefined);
        return verifySanitization({ session: copy.session, packs: packOf(rule), sandbox });
      });
      if (left.every(({ passed }) => passed)) escaped.push(`${rule.id} ${column}`);
    }
  }

  expect(escaped).toEqual([]);
}, 120_000);

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

function without(rule: Rule, column: string): Rule {
  const rest = <V>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== column));
  if (rule.action === 'mask') return { ...rule, columns: rest(rule.columns) };
  if (rule.action === 'set-columns') return { ...rule, values: rest(rule.values) };
  return rule.action === 'clear-columns' ? { ...rule, columns: rule.columns.filter((each) => each !== column) } : rule;
}

function packOf(rule: Rule): readonly RulePack[] {
  const element = { id: 'only', title: 'Only', source: 'A test', disposition: 'kept-from-target', reason: '' } as const;
  return [{ name: 'only', title: 'Only', elements: [{ ...element, rules: [rule] }] }];
}
