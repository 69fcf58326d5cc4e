import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { COMMANDS } from '../../bot/commands/index.ts';
import { VERBS } from '../../cards/index.ts';
import { commands } from '../../cli/commands/index.ts';
import type { Run } from '../../engine/contracts.ts';
import { aiko, jonas, lars, LATER, mira } from '../bot/builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from '../bot/testChat.ts';
import { JONAS, MIRA, NOOR } from '../builders.ts';
import { CARD_STATES } from '../cards/states.ts';
import { nodesOf } from '../cards/walk.ts';
import { rewindAnswering, startCliHouse, type CliHouse } from '../cli/house.ts';
import { readProject, tableRows } from './markdown.ts';

/** Verb × what of it cannot be undone (nothing: it is reversible) × whether it asks. */
const TABLE: readonly (readonly [verb: string, isReversible: boolean, asks: 'yes' | 'no' | 'the card'])[] = [
  ...['preview-plan', 'preview-plan-at', 'change-moment', 'plan-again', 'keep-target', 'refresh-target'].map(
    reversible,
  ),
  ...[
    'view-plan',
    'view-run',
    'show-status',
    'show-history',
    'ask-stop',
    'tick-item',
    'retry-run',
    'switch-now',
    'lift-freeze',
    'show-schedule',
    'edit-schedule',
    'preview-schedule',
    'set-up-schedule',
    'show-schedules',
    'pause-schedule',
    'resume-schedule',
    'run-schedule',
    'skip-occurrence',
    'end-standing',
    'halt-run',
    'acknowledge-run',
    'release-reservation',
  ].map(reversible),
  ['end-schedule', true, 'yes'],
  ['approve-in-advance', false, 'yes'],
  ['confirm-run', true, 'yes'],
  ['approve-run', false, 'the card'],
  ['reject-run', true, 'yes'],
  ['take-over-reservation', true, 'yes'],
  ['stop-run', false, 'yes'],
  ['accept-findings', false, 'yes'],
  ['roll-back-run (closed)', true, 'no'],
  ['roll-back-run', false, 'yes'],
  ['accept-run', false, 'yes'],
  ['sign-off-run', false, 'yes'],
  ...[
    '/refresh',
    '/status',
    '/history',
    '/whoami',
    '/logs',
    '/home',
    '/freeze',
    '/schedule',
    '/schedules',
    '/reserve',
    '/mine',
    '/withdraw',
    '/help',
    '/stop (request)',
    '/rollback (closed)',
  ].map(reversible),
  ['/stop', false, 'yes'],
  ['/rollback', false, 'yes'],
  ['/signoff', false, 'yes'],
  ...[
    'status',
    'history',
    'log',
    'audit',
    'report',
    'profile',
    'plan',
    'doctor',
    'packs',
    'coverage',
    'signing-key',
    'migrate',
    'acknowledge',
    'reserve',
  ].map((name) => reversible(`rewind ${name}`)),
  ['rewind stop (request)', true, 'no'],
  ['rewind approve', false, 'yes'],
  ['rewind reject', true, 'yes'],
  ['rewind stop', false, 'yes'],
  ['rewind accept-findings', false, 'yes'],
  ['rewind rollback', false, 'yes'],
  ['rewind signoff', false, 'yes'],
];

function reversible(verb: string) {
  return [verb, true, 'no'] as const;
}

/** Within the year in which an exception has to end. */
const NEXT_YEAR = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const asking = new Set(TABLE.flatMap(([verb, , asks]) => (asks === 'yes' ? [verb] : [])));

test('what asks first › is said of every button, every command and every word of the terminal', () => {
  const known = [...VERBS, ...COMMANDS.map(({ name }) => `/${name}`), ...commands.map(({ name }) => `rewind ${name}`)];
  const listed = new Set(TABLE.map(([verb]) => verb.replace(/ \(.*/, '')));
  expect([...listed].sort()).toEqual(known.sort());
});

test('what cannot be undone › asks', () => {
  expect(TABLE.filter(([, isReversible, asks]) => !isReversible && asks === 'no')).toEqual([]);
});

test('the page on what asks first › has the same table', () => {
  const rows = tableRows(readProject('docs/how-to/what-asks-first.md')).flatMap(([verbs = '', lost = '', asks = '']) =>
    [...verbs.matchAll(/`([^`]+)`( \([^)]*\))?/g)].map(([, verb = '', when = '']) => [
      `${verb}${when}`,
      lost.startsWith('nothing'),
      asks.split(':')[0],
    ]),
  );
  expect(rows.toSorted(byVerb)).toEqual(TABLE.toSorted(byVerb));
});

function byVerb([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}

const shown = CARD_STATES.filter(({ name }) => !/question/i.test(name));

test.each(shown)('a card › “$name” has no button that cannot be undone without its question', ({ card }) => {
  const sent = card();
  // A field of the card itself asks on the plan, a sentence that opens asks elsewhere.
  const hasField = nodesOf(sent).some(({ node }) => node.type === 'Input.Text' && node.id === 'confirm');
  const unasked = nodesOf(sent).filter(
    ({ node, path }) =>
      node.type === 'Action.Execute' &&
      asking.has(String(node.verb)) &&
      !path.includes('.card.actions') &&
      !(node.verb === 'confirm-run' && hasField) &&
      // The first button of a sandbox that is closed after a failure is the way out; where people were let in, it is red and asks.
      !(node.verb === 'roll-back-run' && node.style === 'positive'),
  );
  expect(unasked).toEqual([]);
});

describe('a command', () => {
  let chat: TestChat;
  beforeEach(async () => {
    chat = await openTestChat();
  });
  afterEach(() => chat.close());

  async function started(): Promise<string> {
    const at = '2026-11-20T17:00:00.000Z';
    await chat.say(jonas, `/refresh uat at ${at}`);
    const runId = (await chat.journal.runs({ limit: 1 }))[0]?.runId ?? '';
    await chat.plan(runId);
    const digest = `digest of ${at}`;
    await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
    await chat.journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
    await chat.record(runId, { kind: 'start' });
    return runId;
  }
  const checklist = [
    { n: 1, title: 'Reconnect endpoints', detail: '' },
    { n: 2, title: 'Release batch jobs', detail: '', doneBy: 'Aiko Tanaka' },
  ];
  const complete = (runId: string) =>
    chat.record(
      runId,
      { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
      { kind: 'complete', figures: {}, checklist },
    );
  const runOf = async (runId: string) => (await chat.journal.run(runId)) as Run;

  test('/signoff › asks, names what is still to do, and its button does it', async () => {
    const runId = await started();
    await complete(runId);
    expect(textOf((await chat.say(lars, '/signoff uat')).card)).toContain('not-allowed');
    const asked = await chat.say(jonas, '/signoff uat');
    expect((await runOf(runId)).state).toBe('completed');
    expect(textOf(asked.card)).toContain('Sign off the refresh of UAT?');
    expect(textOf(asked.card)).toContain('The former database of UAT is dropped, and with it the way back.');
    expect(textOf(asked.card)).toContain('Not ticked off yet: Reconnect endpoints.');
    expect(textOf(asked.card)).not.toContain('Release batch jobs');
    await chat.click(jonas, asked, 'sign-off-run');
    expect(await runOf(runId)).toMatchObject({ state: 'signed-off', signedOffBy: { name: jonas.name } });
    // Refused as the journal and the cards would, before anybody is asked.
    expect(textOf((await chat.say(jonas, '/signoff uat')).card)).toContain('outdated-request');
  });

  test('/stop › asks, and its button does it; of a request that nobody has approved it is simply done', async () => {
    const runId = await started();
    const { version } = await runOf(runId);
    const asked = await chat.say(aiko, '/stop uat');
    expect((await runOf(runId)).version).toBe(version);
    expect(textOf(asked.card)).toContain('Stopping drops the closed copy');
    await chat.click(aiko, asked, 'stop-run');
    expect((await runOf(runId)).stopRequestedBy).toMatchObject(aiko);
    await chat.record(runId, { kind: 'stopped' });
    await chat.say(jonas, '/refresh uat');
    const [draft] = await chat.journal.runs({ limit: 1 });
    await chat.say(jonas, `/stop ${draft?.runId ?? ''}`);
    expect((await chat.journal.runs({ limit: 1 }))[0]?.ending?.how).toBe('kept');
  });

  test('/rollback › of a refresh that people may have worked in asks', async () => {
    const runId = await started();
    await complete(runId);
    const { version } = await runOf(runId);
    const asked = await chat.say(mira, '/rollback uat');
    expect((await runOf(runId)).version).toBe(version);
    expect(verbsOf(asked.card)).toContain('roll-back-run');
  });
});

describe('a word of the terminal', () => {
  let house: CliHouse;
  beforeAll(async () => {
    house = await startCliHouse();
  });
  afterAll(() => house[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
    await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
  });
  const WORDS: readonly (readonly [string, (house: CliHouse) => Promise<Run>, readonly string[]])[] = [
    ['approve', (one) => one.waitingRun(), []],
    ['reject', (one) => one.waitingRun(), ['--reason', 'Not today']],
    ['stop', (one) => one.queuedRun(), []],
    ['accept-findings', (one) => one.foundRun(), ['--reason', 'Ours', '--until', NEXT_YEAR]],
    ['rollback', (one) => one.completedRun(), []],
    ['signoff', (one) => one.completedRun(), []],
  ];

  test.each(WORDS)(
    'rewind %s › asks for the name of the sandbox, and changes nothing without it',
    async (name, make, more) => {
      if (name === 'approve') vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
      if (name === 'accept-findings') vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownersAccount);
      const { runId, version, plan, askedException } = await make(house);
      const words = [name, runId, '--as', name === 'accept-findings' ? NOOR.name : MIRA.name, ...more];
      for (const answer of ['', 'yes', 'test'])
        expect(await rewindAnswering(answer, ...words)).toMatchObject({
          exitCode: 1,
          out: expect.stringMatching(/Type uat to [\s\S]*nothing has changed/) as string,
        });
      expect((await house.journal.run(runId))?.version).toBe(version);
      const digest = { approve: plan?.digest, 'accept-findings': askedException?.digest }[name];
      const yes = digest === undefined ? ['--yes'] : ['--yes', '--digest', digest];
      const { exitCode, err } = await rewindAnswering('', ...words, ...yes);
      expect([exitCode, err]).toEqual([0, '']);
      expect((await house.journal.run(runId))?.version).toBeGreaterThan(version);
    },
  );

  test('rewind signoff › names what is still to do', async () => {
    const { runId, checklist } = await house.completedRun();
    const open = checklist.filter(({ doneBy }) => doneBy === undefined);
    expect(open.length).toBeGreaterThan(0);
    const { out } = await rewindAnswering('UAT', 'signoff', runId, '--as', MIRA.name);
    for (const { title } of open) expect(out).toContain(title);
    expect((await house.journal.run(runId))?.state).toBe('signed-off');
  });

  test('rewind stop › of a request that nobody has approved is simply done', async () => {
    const { runId } = await house.waitingRun();
    expect((await rewindAnswering('', 'stop', runId, '--as', JONAS.name)).exitCode).toBe(0);
  });
});
