import { expect, test } from 'vitest';
import { readProject } from './markdown.ts';

const page = readProject('docs/providers/sql-server-first-hour.md');
const isSame = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const golden = isSame(readProject('test/golden/sqlserver-statements.sql'));

const blocks = [...page.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
const sent = blocks.flatMap((block) =>
  block
    .split(/^-- sent by Rewind$/m)
    .slice(1)
    .map(isSame),
);

test('the first hour on a real server › names as sent by Rewind what stands in the golden file, word for word', () => {
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter((statement) => statement === '' || !golden.includes(statement))).toEqual([]);
});

test('the first hour on a real server › comes to every question that the decisions leave open', () => {
  const open = readProject('docs/decisions/sql-server.md').split('## Not settled without a real server')[1] ?? '';
  const questions = open.split(/^- /m).slice(1);
  expect(questions.length).toBeGreaterThan(5);
  // A word of each that its step has to have as well.
  const words = questions.map((question) =>
    /`([^`]+)`|\b(DROP DATABASE|4332|3167|query store|cancelled)\b/.exec(question),
  );
  expect(words.map((found) => found?.[1] ?? found?.[2] ?? 'none').filter((word) => !page.includes(word))).toEqual([]);
});
