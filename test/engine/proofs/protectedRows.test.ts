import { expect, test } from 'vitest';
import { protectedRows } from '../../../engine/proofs/collect/protectedRows.ts';
import type { TablePlace } from '../../../engine/proofs/places/place.ts';
import type { Rule } from '../../../engine/sanitization/pack/rulePack.ts';
import type { ReadyRule } from '../../../engine/sanitization/rules/prepareRules.ts';

const at = { schema: 'dbo', table: 'WIDE' };
const names = Array.from({ length: 120 }, (_, index) => `C${String(index)}`);
const columns = names.map((name) => ({ name, expression: `[${name}]`, isBinary: false, isMeasured: false }));
const place: TablePlace = { ...at, columns, mayBeLong: false, bytes: 0, pages: 0, from: '[dbo].[WIDE]' };
const kinds = new Map(
  names.map((name) => [name, { family: 'text', isNullable: false, isGenerated: false, isClr: false } as const]),
);
const scope = {
  dialect: 'mssql',
  administrator: { signIn: 'admin@contoso.example', objectId: 'o', tenantId: 't' },
  catalogue: new Map([['WIDE', [{ ...at, columns: kinds }]]]),
} as const;
const companies = (first: string) => [{ column: 'C0', in: [first, ...names.slice(0, 19)] }];
const ready = (rule: object): ReadyRule => ({
  ...{
    kind: 'ready',
    rule: rule as Rule,
    lacking: [],
    table: at.table,
    place: at,
    compiled: { references: [] } as never,
  },
});

test('what rules take out of a wide table › is asked for with each condition once, whatever the number of its columns', () => {
  const rules = [
    ready({ id: 'old', table: 'WIDE', action: 'delete-rows', where: companies('a'), offending: [] }),
    ready({
      id: 'notes',
      table: 'WIDE',
      action: 'clear-columns',
      columns: ['C7'],
      where: companies('b'),
      offending: [],
    }),
  ];
  const rows = protectedRows(place, rules, scope);
  expect(rows?.columns).toHaveLength(120);
  // SQL Server takes 2,100: the one condition stands alone, and once more beside the other.
  expect(rows?.query.parameters.length).toBeLessThan(80);
});
