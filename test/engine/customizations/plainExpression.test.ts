import { expect, test } from 'vitest';
import { columnsOfPlain } from '../../../engine/customizations/plainExpression.ts';

const COLUMNS = new Set(['A', 'b c', 'date', 'STATUS']);
const read = (text: string, dialect: 'postgres' | 'mssql') => {
  const found = columnsOfPlain(text, dialect, (name) => COLUMNS.has(name));
  return found === undefined ? 'not evaluated' : [...found];
};

test.each([
  [`(("A" > 0) AND ("b c" IS NOT NULL))`, 'postgres', ['A', 'b c']],
  [`(lower(("A")::text) <> ALL (ARRAY['x'::text, 'it''s; drop'::text]))`, 'postgres', ['A']],
  [`(date >= '1900-01-01'::date)`, 'postgres', ['date']],
  [`([STATUS]=(1) OR [A] IS NULL)`, 'mssql', ['STATUS', 'A']],
  [`(CONVERT([int],[A])>(0) AND len([b c])<(4))`, 'mssql', ['A', 'b c']],
  [`(N'a''--b')`, 'mssql', []],
] as const)('an expression that compares and calculates › is evaluated: %s', (text, dialect, columns) => {
  expect(read(text, dialect)).toEqual(columns);
});

test.each([
  [`(pg_sleep(1000) IS NOT NULL)`, 'postgres'],
  [`(public.lower("A") = 'x')`, 'postgres'],
  [`("lower"("A") = 'x')`, 'postgres'],
  [`("A"("A") = 1)`, 'postgres'],
  [`(pg_read_file('/etc/passwd') = '')`, 'postgres'],
  [`("A" > 0); drop table x`, 'postgres'],
  [`("A" > 0) -- `, 'postgres'],
  [`("A" /* */ > 0)`, 'postgres'],
  [`("A" = $1)`, 'postgres'],
  [`("OTHER" = 1)`, 'postgres'],
  [`("A" OPERATOR(public.=) 1)`, 'postgres'],
  [`(nextval('s'::regclass))`, 'postgres'],
  [`([dbo].[check]([A])=(1))`, 'mssql'],
  [`(NEXT VALUE FOR [dbo].[SEQ])`, 'mssql'],
  [`([A].[value]('x','int')=(1))`, 'mssql'],
  [`([A]=@p)`, 'mssql'],
] as const)('an expression that does more › is not: %s', (text, dialect) => {
  expect(read(text, dialect)).toBe('not evaluated');
});
