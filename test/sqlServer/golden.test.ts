import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBatch } from './execute/runBatch.ts';
import { SqlError } from './sql/sqlError.ts';

const files = [
  'sqlserver-statements',
  'sanitization-lcs-2020',
  'sanitization-lcs-2023',
  'sanitization-passes',
  'customizations',
];

/** A record and the text that it hands to sp_executesql. */
function textsOf(record: string): readonly string[] {
  const inner = [...record.matchAll(/sp_executesql N'((?:[^']|'')*)'/g)].map(([, text = '']) =>
    text.replaceAll("''", "'"),
  );
  return [record, ...inner];
}

for (const file of files) {
  test(`the SQL Server stand-in › understands every statement of ${file}.sql`, () => {
    const records = readFileSync(new URL(`../golden/${file}.sql`, import.meta.url), 'utf8').split(/^GO$/m);
    const refused = records.flatMap(textsOf).flatMap((text) => {
      try {
        readBatch(text);
        return [];
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        return [`${error.message} in ${text}`];
      }
    });
    expect(records.length).toBeGreaterThan(10);
    expect(refused).toEqual([]);
  });
}
