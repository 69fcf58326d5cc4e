import { expect, test } from 'vitest';
import { isOneQuestion } from '../../../../engine/environments/sqlServer/oneQuestion.ts';

test.each([
  'SELECT 1',
  '  with a AS (SELECT 1 AS n) SELECT n FROM a;',
  "SELECT TRANSLATE(NAME, N'；', N';') FROM [a;b] WHERE \"c;d\" = 'it''s; DROP'",
  "SELECT 1 -- it's one; no more",
  '/* first; */ SELECT 1 /* ; */',
])('a session that only reads › asks %s', (text) => {
  expect(isOneQuestion(text)).toBe(true);
});

test.each([
  "UPDATE t SET a = 'SELECT'",
  'SELECT 1; DROP TABLE t',
  "SELECT 'a'; DROP TABLE t -- '",
  "SELECT 1 -- '\n; DROP TABLE t -- '",
  "SELECT 1 /* ' */; DROP TABLE t /* ' */",
  'SELECT [a]]b]; DROP TABLE [t]',
  'SELECT 1 /* /* */ ; DROP TABLE t */',
  'exec p',
  '',
])('a session that only reads › refuses %s', (text) => {
  expect(isOneQuestion(text)).toBe(false);
});
