import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { planCard } from '../../../cards/plan/planCard.ts';
import { dataElements } from '../../../engine/sanitization/pack/dataElements.ts';
import { parsePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { aRun, contextOf, plan } from '../samples.ts';
import { textOf } from '../walk.ts';

const packs = ['lcs-2020', 'lcs-2023'].map((name) => {
  const file = join(import.meta.dirname, `../../../engine/sanitization/packs/${name}.yaml`);
  return parsePack(parse(readFileSync(file, 'utf8')), name);
});
const elements = dataElements(packs);
const cardWith = (change: Partial<typeof elements>) =>
  planCard(contextOf(aRun(), {}), { ...plan, ...elements, ...change });

test('“Data in detail” › shows all tables and all reasons of the packs that come with Rewind, and the card still fits', () => {
  const card = cardWith({});
  const text = textOf(card).replaceAll('\\', '');
  for (const { title, tables, reason } of [...elements.cleared, ...elements.keptFromTarget])
    expect(text).toContain(`**${title}** (${tables.join(', ')}): ${reason}`);
  expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
});

test('“Data in detail” › of very many elements says how many more there are, and the card still fits', () => {
  const card = cardWith({ cleared: Array.from({ length: 3 }, () => elements.cleared).flat() });
  expect(textOf(card)).toMatch(/… and \d+ more/);
  expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
});
