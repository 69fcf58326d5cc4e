import { expect, test } from 'vitest';
import { planCard } from '../../../cards/plan/planCard.ts';
import { dataElements } from '../../../engine/sanitization/pack/dataElements.ts';
import { DEFAULT_PACKS, PROFILE_PARTS } from '../../../engine/contracts.ts';
import { shippedPack } from '../../engine/sanitization/packs.ts';
import { aRun, contextOf, plan } from '../samples.ts';
import { textOf, titlesOfActions } from '../walk.ts';
import { planDataCard } from '../../../cards/plan/planDataCard.ts';
import { readerOf } from '../../../cards/reader.ts';

const packs = ['lcs-2020', 'lcs-2023'].map(shippedPack);
const elements = dataElements(packs);
const cardWith = (change: Partial<typeof plan>) => planCard(contextOf(aRun(), {}), { ...plan, ...elements, ...change });

test('“Data in detail” › shows all tables and all reasons of the packs that come with Rewind, and the card still fits', () => {
  const card = cardWith({ profile: undefined });
  const text = textOf(card).replaceAll('\\', '');
  for (const { title, tables, reason } of [...elements.cleared, ...elements.keptFromTarget])
    expect(text).toContain(`**${title}** (${tables.join(', ')}): ${reason}`);
  expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
});

test('“Data in detail” › of the usual packs says what it has room for and how much more there is, and the card still fits', () => {
  const usual = dataElements(DEFAULT_PACKS.map(shippedPack));
  const card = planCard(contextOf(aRun(), {}), { ...plan, ...usual, packs: DEFAULT_PACKS, withoutPacks: [] });
  const text = textOf(card).replaceAll('\\', '');
  for (const { title } of [...usual.cleared, ...usual.keptFromTarget]) expect(text).toContain(title.slice(0, 40));
  expect(text).toMatch(/… and \d+ more/);
  expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
});

test('“Data in detail” › makes room for a profile of all parts, and the card still fits', () => {
  const profile = PROFILE_PARTS.map((part) => ({ part, done: 12_345, left: 12_345 }));
  for (const change of [{ profile }, { profile, ...dataElements(DEFAULT_PACKS.map(shippedPack)) }]) {
    const card = cardWith(change);
    expect(textOf(card)).toContain('number sequences of the source');
    expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
  }
});

test('“Data in detail” › of very many elements says how many more there are, and the card still fits', () => {
  const card = cardWith({ cleared: Array.from({ length: 3 }, () => elements.cleared).flat() });
  expect(textOf(card)).toMatch(/… and \d+ more/);
  expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
});

test('“Data in detail” › shows what the sandbox keeps before what is cleared, and all of it on pages behind a button', () => {
  const usual = { ...plan, ...dataElements(DEFAULT_PACKS.map(shippedPack)), packs: DEFAULT_PACKS, withoutPacks: [] };
  const context = contextOf(aRun(), {});
  const { keptTitle } = readerOf(context).words.plan;
  const kept = keptTitle(usual.keptFromTarget.length, { md: 'UAT', raw: 'UAT' } as never);
  const detail = textOf(planCard(context, usual)).split(kept).at(-1) ?? '';
  for (const { title } of usual.keptFromTarget) expect(detail.replaceAll('\\', '')).toContain(`**${title}**`);
  expect(JSON.stringify(planCard(context, usual))).toContain('"All of it"');
  const pages = [1, 2, 3, 4, 5, 6].map((page) => planDataCard(context, usual, page));
  const text = pages.map(textOf).join('\n').replaceAll('\\', '');
  for (const { title, tables } of [...usual.cleared, ...usual.keptFromTarget])
    expect(text).toContain(`**${title}** (${tables.join(', ')})`);
  for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page), 'utf16le')).toBeLessThanOrEqual(24 * 1024);
  expect(titlesOfActions(pages[0] as never)).toEqual(['More', 'View run']);
  expect(titlesOfActions(pages.at(-1) as never)).toEqual(['Back', 'View run']);
});
