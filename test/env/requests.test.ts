import { expect, test } from 'vitest';
import { linkOf, missingIn, ticketsIn } from '../../engine/contracts/mayBeDone/index.ts';
import { installationSchema } from '../../env/installationSchema.ts';
import { JONAS, MIRA, TENANT } from '../builders.ts';

function problems(requests: unknown): readonly string[] {
  const databases = { application: 'AxDB', financialReporting: 'MR' };
  const uat = {
    ...{ provider: 'sql', databases, sources: ['prod'], requesters: [JONAS.id], approvers: [MIRA.id], requests },
    administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
  };
  const parsed = installationSchema.safeParse({
    sources: { prod: { provider: 'sql', databases } },
    sandboxes: { uat },
  });
  return parsed.error?.issues.map(({ path, message }) => `${path.slice(3).join('.')} ${message}`) ?? [];
}
const ticket = { pattern: String.raw`CHG-\d+`, example: 'CHG-2211', required: true };

test.each([
  ['nothing', undefined, []],
  ['a reason', { reason: 'required' }, []],
  ['a ticket', { ticket: { ...ticket, link: 'https://t.example/{ticket}' } }, []],
  ['a pattern that is none', { ticket: { ...ticket, pattern: '(' } }, ['ticket.pattern is not a regular expression']],
  [
    'an example of another kind',
    { ticket: { ...ticket, example: 'INC-1' } },
    ['ticket.example is not what the pattern finds'],
  ],
  [
    'an example with more than the ticket',
    { ticket: { ...ticket, example: 'see CHG-1' } },
    ['ticket.example is not what the pattern finds'],
  ],
  [
    'a link without the ticket',
    { ticket: { ...ticket, link: 'https://t.example/' } },
    ['ticket.link has no {ticket} in it'],
  ],
  [
    'a link that is not https',
    { ticket: { ...ticket, link: 'http://t.example/{ticket}' } },
    ['ticket.link is not an https:// address'],
  ],
])('what requests have to say › %s', (_, requests, expected) => {
  expect(problems(requests)).toEqual(expected);
});

test('tickets › are found in a text, each once, and a pattern that finds nothing finds no ticket', () => {
  expect(ticketsIn('CHG-1 chg-2 CHG-33, CHG-1', ticket)).toEqual(['CHG-1', 'CHG-33']);
  expect(ticketsIn('abc', { ...ticket, pattern: 'x*' })).toEqual([]);
  expect(ticketsIn('CHG-1', undefined)).toEqual([]);
});

test('the link to a ticket › carries it as one piece', () => {
  const rules = { ...ticket, link: 'https://t.example/{ticket}?also={ticket}' };
  expect(linkOf('A/B$&', rules)).toBe('https://t.example/A%2FB%24%26?also=A%2FB%24%26');
  expect(linkOf('A', ticket)).toBeUndefined();
});

test('what a request lacks › is the reason first, then the ticket', () => {
  expect(missingIn(' ', { reason: 'required', ticket })).toBe('reason');
  expect(missingIn('because', { reason: 'required', ticket })).toBe('ticket');
  expect(missingIn('CHG-1', { reason: 'required', ticket })).toBeUndefined();
  expect(missingIn('', { reason: 'optional', ticket: { ...ticket, required: false } })).toBeUndefined();
  expect(missingIn('', undefined)).toBeUndefined();
});
