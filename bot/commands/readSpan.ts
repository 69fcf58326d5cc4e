import type { Instant, Sandbox } from '../../engine/contracts.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { readEnd } from '../moments/readEnd.ts';
import type { BotParts } from '../parts.ts';
import type { CommandRequest } from './command.ts';
import { NameMissingError } from './errors.ts';

const DAY_MS = 86_400_000;

/** What is asked of a freeze or a reservation, and how a refusal is said. */
export interface SpanRules {
  readonly command: 'freeze' | 'reserve';
  readonly example: string;
  /** The words that end one. */
  readonly ends: RegExp;
  readonly longestDays: number;
  readonly Unclear: new (why: string) => Error;
  /** As in “A freeze lasts 90 days at most”. */
  readonly name: string;
  /** Where there is no reason. */
  readonly why: string;
}

interface Span {
  readonly until: Instant;
  readonly reason: string;
}

/** A sandbox, and what is asked of it: how it stands, that what holds it ends, or a new span of it. */
export type SpanAsked = { readonly sandbox: Sandbox } & (
  { readonly kind: 'see' } | { readonly kind: 'end' } | { readonly kind: 'begin'; readonly span: Span }
);

/** `uat`, `uat lift`, `uat until 5 Dec, month-end`. Who may end it is for whoever ends it to say. */
export function readSpan(
  { rest, person }: CommandRequest,
  { desk, clock }: Pick<BotParts, 'desk' | 'clock'>,
  rules: SpanRules,
): SpanAsked {
  const [name = '', ...words] = rest.split(' ');
  if (name === '') throw new NameMissingError(rules.command, rules.example, { takesRuns: false });
  const sandbox = desk.sandbox(name.toLowerCase());
  const wish = words.join(' ').trim();
  if (rules.ends.test(wish)) return { kind: 'end', sandbox };
  authorise(sandbox, person, wish === '' ? 'read' : rules.command);
  return wish === ''
    ? { kind: 'see', sandbox }
    : { kind: 'begin', sandbox, span: spanIn(wish, sandbox, clock.now(), rules) };
}

/** `until 5 Dec, month-end`: days and times of the sandbox's zone; what follows the comma is the reason. */
function spanIn(
  rest: string,
  { timeZone }: Sandbox,
  now: Instant,
  { longestDays, Unclear, name, why }: SpanRules,
): Span {
  const [end = '', ...reasons] = rest.split(',');
  const reason = reasons.join(',').trim();
  const reading = readEnd(end, { now, zone: timeZone });
  if (reading.kind === 'which') throw new Unclear(`“${end.trim()}” can mean ${reading.ends.join(' or ')}`);
  if (reading.kind === 'past') throw new Unclear(`“${end.trim()}” is over already`);
  if (reading.kind === 'unreadable') throw new Unclear(`“${end.trim()}” is not an end to come`);
  if (Date.parse(reading.at) - Date.parse(now) > longestDays * DAY_MS)
    throw new Unclear(`${name} lasts ${String(longestDays)} days at most`);
  if (reason === '') throw new Unclear(why);
  return { until: reading.at, reason: reason.slice(0, 300) };
}
