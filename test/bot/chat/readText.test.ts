import { expect, test } from 'vitest';
import { readText } from '../../../bot/chat/readText.ts';

const bot = ['<at>Rewind</at>'];

test.each([
  ['<at>Rewind</at> /refresh uat', '/refresh uat'],
  ['<at>Rewind</at>&nbsp;/refresh&nbsp;&nbsp;uat\n', '/refresh uat'],
  ['／refresh　ｕａｔ', '/refresh uat'],
  ['/refresh\u00a0uat', '/refresh uat'],
  ['/refresh <at>Rewind</at> uat', '/refresh uat'],
  ['<at>Rewind</at> <at>Rewind</at> status', 'status'],
])('a line › %j is read as %j', (text, meant) => {
  expect(readText(text, bot)).toBe(meant);
});

test('a line › keeps mentions of others, so that they never become part of a command', () => {
  expect(readText('<at>Bob</at> /refresh uat', bot)).toBe('<at>Bob</at> /refresh uat');
});

test('a line › longer than any command is not read', () => {
  expect(readText(`/refresh ${'a'.repeat(600)}`, bot)).toBe('');
});
