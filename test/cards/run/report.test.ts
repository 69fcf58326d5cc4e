import { expect, test } from 'vitest';
import { runCard } from '../../../cards/index.ts';
import type { Run } from '../../../engine/contracts.ts';
import { aSwitchedRun, contextOf, stepsUntil } from '../samples.ts';
import { textOf } from '../walk.ts';

const report = { sha256: `${'3f9a'.repeat(3)}${'0'.repeat(52)}`, madeAt: '2026-11-22T20:16:00.000Z' };
const success = (change: Partial<Run>, url?: string) =>
  runCard(
    contextOf(aSwitchedRun({ state: 'completed', targetState: 'new', steps: stepsUntil('end'), ...change }), {
      kind: 'outcome',
      ...(url === undefined ? {} : { reportUrl: url }),
    }),
  );

test('the success card › says with which key the report is signed, and opens it', () => {
  const card = success({ report: { ...report, key: 'reports-2026' } });
  expect(textOf(card)).toContain('signed with reports-2026, SHA-256 3f9a3f9a3f9a…');
  expect(JSON.stringify(card)).toContain('"title":"Report","url":"https://rewind.contoso.example/reports/3f9a"');
});

test('the success card › says of a report that is not signed that it is not', () => {
  expect(textOf(success({ report }))).toContain('not signed, SHA-256 3f9a3f9a3f9a…');
});

test('the success card › of a run without a report neither speaks of one nor opens anything else', () => {
  const card = success({});
  expect(textOf(card)).not.toMatch(/Report\b(?!ing)/);
  expect(JSON.stringify(success({ report }, 'javascript:alert(1)'))).not.toContain('javascript:');
});
