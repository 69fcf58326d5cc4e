import {
  ANNOUNCED,
  NOT_ANNOUNCED,
  RUN_STATES,
  SCHEDULE_STATES,
  SKIPS,
  STEP_NAMES,
  UNREACHED,
} from '../../engine/contracts.ts';
import { ENTRY_FIELDS } from '../../cards/answers/scheduleFormCard.ts';
import { ROLES, WAITS } from '../../engine/contracts/mayBeDone/index.ts';

/** Everything that could come alive on a card, in one string. */
export const HOSTILE = [
  '[Roll back here](https://evil.example)',
  '![picture](https://evil.example/i.png)',
  '<at>Everyone</at>',
  '{{DATE(2026-01-01T00:00:00Z)}}',
  '${$root.runId}${1+1}',
  '**bold** _i_ `code` <b>html</b>',
  '\u202Etxet desrever\u0007',
  'www.evil.example https://evil.example javascript:alert(1)',
  '- list\n1. one\n# two',
  String.raw`C:\temp\_x_`,
].join(' ');

/** Names that mean something to the program: not text that anybody typed. */
const NAMES = new Set<string>([
  ...RUN_STATES,
  ...STEP_NAMES,
  ...['waiting', 'running', 'done', 'skipped', 'old', 'new', 'closed', 'none', 'passed', 'warning', 'blocked'],
  ...[
    'measured',
    'declared',
    'not-applicable',
    'search',
    'coverage',
    'known',
    'unknown',
    'when-ready',
    'on-click',
    'at',
  ],
  ...[
    'rejected',
    'expired',
    'stopped',
    'kept',
    'run',
    'approval',
    'exception',
    'cutover',
    'outcome',
    'plan',
    'rollback',
  ],
  ...[
    'info',
    'refused',
    'error',
    'UTC',
    'beside',
    'atomic',
    'repairable',
    'per-statement',
    'per-operation',
    'percent',
    'phases',
  ],
  ...['here', 'home', 'command', ...UNREACHED, ...ANNOUNCED, ...NOT_ANNOUNCED],
  ...['monthly', 'day', 'workday', ...ENTRY_FIELDS],
  ...['source-gone', 'nth-too-high', 'date-past', 'as-of-behind', 'ticket-missing'],
  ...['weekly', 'once', 'latest', 'days-before', 'first-of-two', 'skipped-by-clock', 'keep', 'drop', 'schedule'],
  ...['Europe/Berlin', '2026-12-05', ...SKIPS, ...SCHEDULE_STATES],
  ...[...WAITS, 'all', 'open', ...ROLES, 'personal', 'shared'],
]);
/** Instants, run numbers, digests, names of target and source (checked against the configuration), zones, chat ids, addresses. */
const SHAPES = [
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  /^R-\d+$/,
  /^[0-9a-f]{64}$/,
  /^(uat|sit|prod|plan-drifted)$/,
  /^[A-Z][a-z]+\/[A-Z][a-z]+$/,
  /^29:/,
  /^https:/,
  // The file’s own: what a ticket looks like.
  /^CHG-/,
];

/** The same data with every text that people, environments or databases supply replaced. */
export function hostile<Data>(data: Data, text = HOSTILE): Data {
  return replaced(data, text) as Data;
}

function replaced(value: unknown, text: string): unknown {
  if (typeof value === 'string') {
    const isOurs = value === '' || NAMES.has(value) || SHAPES.some((shape) => shape.test(value));
    return isOurs ? value : text;
  }
  if (Array.isArray(value)) return value.map((item) => replaced(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member, text)]));
}
