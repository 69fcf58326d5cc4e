import { createRequire } from 'node:module';
import type * as AdaptiveCardsModule from 'adaptivecards';
import { Ajv } from 'ajv';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { MAX_TITLE_LENGTH } from '../../cards/actions.ts';
import { INPUTS, VERBS, type Card } from '../../cards/index.ts';
import { arabic } from './arabic.ts';
import { hostile, HOSTILE } from './hostile.ts';
import { CARD_STATES } from './states.ts';
import { teamsSchema } from './teamsSchema.ts';
import { markdownOf, nodesOf, ofType, type Node } from './walk.ts';

/** Teams' own elements: a client without them must lose nothing. */
const TEAMS_ONLY = /^(Badge|ProgressBar|CodeBlock)$/;
const MAX_BYTES = 24 * 1024;
const OUR_ADDRESSES = /^https:\/\/(rewind|uat)\.contoso\.example\//;

const isTeamsCard = new Ajv({ strict: false, allErrors: true }).compile(teamsSchema());
// Worse than any client: even bare addresses become links.
const markdown = new MarkdownIt({ linkify: true });

const MAKINGS = {
  plain: {},
  hostile: { alter: hostile },
  'a long name': { alter: <Data>(data: Data) => hostile(data, 'Integration test environment of the Berlin office') },
  american: { readership: { locale: 'en-US', zone: 'America/Chicago' } },
  arabic: { readership: { locale: 'ar', words: arabic } },
} as const;

for (const [way, making] of Object.entries(MAKINGS)) {
  for (const state of CARD_STATES) {
    test(`card ${state.name}, ${way} › is one that Teams accepts`, () => {
      const card = state.card(making);
      isTeamsCard(card);
      expect(isTeamsCard.errors ?? []).toEqual([]);
      expect(eventsOfParsing(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card), 'utf16le')).toBeLessThanOrEqual(MAX_BYTES);
      expect(missingAtTop(card)).toEqual([]);
    });

    test(`card ${state.name}, ${way} › has forms, buttons and links that hold`, () => {
      const card = state.card(making);
      expect(badInputs(card)).toEqual([]);
      expect(badActions(card)).toEqual([]);
      expect(ofType(card, TEAMS_ONLY).filter(({ fallback }) => fallback === undefined)).toEqual([]);
      expect(ofType(card, /./).filter((node) => node.style === 'heading')).toHaveLength(1);
    });
  }
}

for (const state of CARD_STATES) {
  test(`card ${state.name} › leaves nothing of its template unfilled`, () => {
    expect(JSON.stringify(state.card())).not.toMatch(/\$\{|\bundefined\b|\bNaN\b|\[object|Invalid Date|\{\{/);
  });

  test(`card ${state.name} › stays dead with hostile data`, () => {
    const card = state.card(MAKINGS.hostile);
    const text = JSON.stringify(card);
    expect(text).not.toMatch(/\{\{/);
    expect(text).not.toMatch(/[\u202a-\u202e]|\\u00/);
    const html = markdownOf(card).map((each) => markdown.renderInline(each) + markdown.render(each));
    expect(html.filter((each) => /<(a|img|ul|ol|h\d|code|em|blockquote)\b/.test(each))).toEqual([]);
    const mentioned = markdownOf(card).flatMap((each) => each.match(/<at>.*?<\/at>/g) ?? []);
    expect(mentioned.filter((each) => each === '<at>Everyone</at>')).toEqual([]);
  });
}

test('a card › is the same when it is made again after another', () => {
  const once = CARD_STATES.map(({ card }) => JSON.stringify(card()));
  for (const { card } of CARD_STATES) card(MAKINGS.hostile);
  expect(CARD_STATES.map(({ card }) => JSON.stringify(card()))).toEqual(once);
});

test('the gate › sees what hostile text does where nothing cleans it', () => {
  expect(markdown.render(HOSTILE)).toMatch(/<a href="https:\/\/evil.example">.*<img/s);
});

test('the gate › sees a card that Teams refuses', () => {
  const [state] = CARD_STATES;
  const card = { ...state?.card(), body: [{ type: 'TextBlock', text: 'x', color: 'attention' }] };
  expect(isTeamsCard(card)).toBe(false);
});

test('the verbs › each stand on a button of some card', () => {
  const used = new Set(CARD_STATES.flatMap(({ card }) => ofType(card(), /^Action\.Execute$/).map(({ verb }) => verb)));
  expect(VERBS.filter((verb) => !used.has(verb))).toEqual([]);
});

test('the inputs › are those that the verbs name', () => {
  const named = new Set<unknown>(Object.values(INPUTS).flat());
  const ids = new Set(CARD_STATES.flatMap(({ card }) => ofType(card(), /^Input\./).map(({ id }) => id)));
  expect([...ids].filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((name) => !ids.has(name))).toEqual([]);
});

/** What the reference renderer says while it reads the card; elements of Teams give way to their fallback. */
function eventsOfParsing(card: Card): readonly string[] {
  const parser = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCardsModule;
  const context = new parser.SerializationContext();
  const parsed = new parser.AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const invalid = parsed.validateProperties().validationEvents.map(({ message }) => message);
  // The renderer keeps its pattern for `lang` with a position in it, so it refuses every other card in some languages.
  return [...events, ...invalid].filter((message) => !/Fallback will be used|for property "lang"/.test(message));
}

function missingAtTop(card: Card): readonly string[] {
  const wanted = ['version', 'lang', 'speak', 'fallbackText'].filter(
    (key) => typeof card[key] !== 'string' || card[key] === '',
  );
  const width = (card.msteams as Node | undefined)?.width === 'full' ? [] : ['msteams.width'];
  return [...wanted, ...width, ...(typeof card.rtl === 'boolean' ? [] : ['rtl'])];
}

function badInputs(card: Card): readonly unknown[] {
  const inputs = ofType(card, /^Input\./);
  const ids = inputs.map(({ id }) => id);
  return inputs.filter(
    ({ id, label, isRequired, errorMessage }) =>
      typeof label !== 'string' || ids.indexOf(id) !== ids.lastIndexOf(id) || (isRequired === true && !errorMessage),
  );
}

function badActions(card: Card): readonly string[] {
  return nodesOf(card).flatMap(({ node, path }) => {
    if (typeof node.type !== 'string' || !node.type.startsWith('Action.')) {
      const list = node.actions;
      const primary = Array.isArray(list) ? list.filter((each: Node) => each.mode !== 'secondary') : [];
      return primary.length > 3 ? [`${path}: ${primary.length} primary actions`] : [];
    }
    const isSelect = path.endsWith('.selectAction');
    const title = String(node.title).replace(/[\u2068\u2069]/g, '');
    const problems: readonly (readonly [boolean, string])[] = [
      [!isSelect && Array.from(title).length > MAX_TITLE_LENGTH, `title ${title}`],
      [node.type === 'Action.ShowCard' && node.mode === 'secondary', 'a card behind the overflow'],
      [node.type === 'Action.OpenUrl' && !OUR_ADDRESSES.test(String(node.url)), String(node.url)],
      [/^Action\.(Submit|Http)$/.test(node.type), node.type],
    ];
    const found = problems.flatMap(([isBad, what]) => (isBad ? [`${path}: ${what}`] : []));
    return node.type === 'Action.Execute' ? found.concat(badData(node, path)) : found;
  });
}

function badData({ verb, data }: Node, path: string): readonly string[] {
  const known: readonly unknown[] = VERBS;
  const allowed: Readonly<Record<string, readonly string[]>> = {
    'approve-run': ['runId', 'digest'],
    'approve-in-advance': ['runId', 'digest'],
    'confirm-run': ['runId', 'digest'],
    'accept-findings': ['runId', 'digest'],
    'tick-item': ['runId', 'n'],
    'preview-plan': ['runId', 'target', 'source', 'point'],
    'refresh-target': ['target', 'runId'],
    'show-status': ['n'],
    'view-plan': ['runId', 'n'],
    'lift-freeze': ['target'],
    'release-reservation': ['target'],
    'take-over-reservation': ['target'],
    'show-history': ['target', 'n', 'search'],
    'show-schedules': ['target', 'n'],
    ...Object.fromEntries(
      ['show-schedule', 'run-schedule', 'pause-schedule', 'resume-schedule', 'end-schedule', 'end-standing'].map(
        (one) => [one, ['schedule']],
      ),
    ),
    'skip-occurrence': ['schedule', 'at'],
    'edit-schedule': ['schedule', 'target', 'source', 'wish', 'reason'],
    'preview-schedule': ['schedule', 'target'],
    'set-up-schedule': ['schedule', 'target', 'source', 'wish', 'reason'],
  };
  const keys = Object.keys(data ?? {});
  const wanted = allowed[String(verb)] ?? ['runId'];
  return [
    ...(known.includes(verb) ? [] : [`${path}: verb ${String(verb)}`]),
    ...(keys.every((key) => wanted.includes(key)) ? [] : [`${path}: data ${keys.join()}`]),
    ...(wanted.includes('digest') && !keys.includes('digest') ? [`${path}: no digest`] : []),
  ];
}
