import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { mentionName, neutral, plain, rich, spoken, verbatim, verbatimLines } from '../../cards/text.ts';
import { HOSTILE } from './hostile.ts';

const markdown = new MarkdownIt({ linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

test('plain › leaves ordinary words as they are', () => {
  expect(plain('UAT round 3, ticket CHG-2211')).toBe('UAT round 3, ticket CHG-2211');
  expect(plain('Größe: 412 GB · 98 %')).toBe('Größe: 412 GB · 98 %');
});

test('plain › reads on a card as it was written', () => {
  for (const text of [String.raw`C:\temp\_x_`, 'a * b', '1. first', '- item', '[x](y)', '_x_', 'a|b', '# head']) {
    expect(textOf(markdown.render(plain(text)))).toBe(text);
  }
});

test('plain › turns no text into markup', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom(...HOSTILE.split(' '))),
      (text) => {
        const html = markdown.render(`**${plain('x')}** ${plain(text)}`) + markdown.render(plain(text));
        expect(html).not.toMatch(/<(?!\/?(p|strong|pre|code)\b)[a-z]/i);
      },
    ),
  );
});

test('plain and verbatim › drop what cannot be seen or turns the writing round', () => {
  expect(plain('a\u202Eb\u0000c\u200Bd')).toBe('a b c d');
  expect(verbatim('a\u202Eb\nc')).toBe('a b c');
  expect(verbatimLines('a\u202Eb\nc')).toBe('a b\nc');
});

test('plain and verbatim › break what a client would evaluate', () => {
  for (const clean of [plain, verbatim]) expect(clean('{{{DATE(x)}}}')).not.toContain('{{');
});

test('plain › cuts by characters, before it escapes', () => {
  expect(plain('👩‍💻👩‍💻'.repeat(9), 5).endsWith('…')).toBe(true);
  expect(plain('*'.repeat(10), 4)).toBe(String.raw`\*\*\*…`);
});

test('neutral › reads the same as markdown and as it is', () => {
  expect(neutral('Before the price list import')).toBe('Before the price list import');
  expect(neutral('412 GB, holds PROD of 3 Nov')).toBe('412 GB, holds PROD of 3 Nov');
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.constant(HOSTILE)), (text) => {
      const safe = neutral(text);
      expect(textOf(markdown.render(`${safe} x`))).toBe(`${safe} x`.trimStart());
    }),
  );
});

test('a mention › keeps a name and nothing else', () => {
  expect(mentionName('Mira Okafor')).toBe('Mira Okafor');
  expect(mentionName("Zoë O'Neill-Søn")).toBe("Zoë O'Neill-Søn");
  expect(mentionName('</at><at>Everyone')).toBe('atatEveryone');
  expect(mentionName('***')).toBe('approver');
});

test('a spoken line › says the words without their marks', () => {
  expect(spoken(rich`**${plain('UAT_2')}** is ready`)).toBe('UAT_2 is ready');
});

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trimEnd();
}
