import { expect, test } from 'vitest';
import { answerCommand } from '../../bot/commands/answerCommand.ts';
import { COMMANDS } from '../../bot/commands/index.ts';
import { createRepeats } from '../../bot/actions/repeats.ts';
import { createLogLinks } from '../../bot/logs/logLinks.ts';
import type { BotParts } from '../../bot/parts.ts';
import { createRenderer } from '../../bot/rendering/renderer.ts';
import { REWIND, type Person, type Sandbox } from '../../engine/contracts.ts';
import { ROLES } from '../../engine/contracts/mayBeDone/index.ts';
import { createDesk } from '../../engine/journal/desk.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { aPlan, anInstallation, aSandbox, aSurvey, LATER, NOW, TENANT } from './builders.ts';
import { createMemoryJournal } from './doubles/memoryJournal.ts';
import { textOf } from './testChat.ts';

const person = (id: string): Person => ({ id, tenantId: TENANT, name: id });
/** One person for each role and nothing else; and one who asks and may do so urgently. */
const WHO = [...ROLES, 'both', 'stranger'] as const;
const roles = {
  ...{ viewers: ['viewer'], requesters: ['requester', 'both', 'asker'], approvers: ['approver', 'second'] },
  ...{ administrators: ['administrator'], urgent: ['urgent', 'both'], dataOwners: ['data-owner'] },
};
const SANDBOXES: Readonly<Record<string, Sandbox>> = {
  'no operators named': aSandbox(roles),
  'operators named': aSandbox({ ...roles, operators: ['operator'] }),
};

/** What each line is for: who may, whatever the state. `undefined`: everybody. */
const operating = (sandbox: string): readonly string[] =>
  sandbox === 'operators named' ? ['operator', 'administrator'] : ['requester', 'both', 'approver', 'administrator'];
const acting = ['requester', 'both', 'approver', 'administrator'];
const participants = (sandbox: string) => (sandbox === 'operators named' ? [...acting, 'operator'] : acting);
const asking = ['requester', 'both'];
const looking = (sandbox: string) => [...participants(sandbox), 'viewer', 'urgent', 'data-owner'];
const LINES: Readonly<Record<string, (sandbox: string, state: State) => readonly string[] | undefined>> = {
  '/refresh uat latest': () => asking,
  '/refresh uat urgent latest': () => ['both'],
  '/status uat': looking,
  '/history uat': looking,
  '/logs uat': looking,
  '/rollback uat': operating,
  // A request that nobody has approved is taken back, not stopped; an urgent one is stopped by whoever has a role.
  '/stop uat': (sandbox, state) =>
    state === 'awaiting approval' ? asking : state === 'urgent' ? looking(sandbox) : participants(sandbox),
  '/signoff uat': operating,
  '/home uat': () => ['approver', 'administrator'],
  '/freeze uat': looking,
  '/freeze uat until Friday, x': () => ['approver'],
  '/reserve uat': looking,
  '/reserve uat until Friday, x': participants,
  '/reserve uat release': () => ['approver', 'administrator'],
  '/schedule uat': looking,
  '/schedule uat every Sunday 22:00 as of Saturday 23:00': () => asking,
  '/schedules': () => undefined,
  '/withdraw uat': () => asking,
  '/mine': () => undefined,
  '/whoami': () => undefined,
  '/help': () => undefined,
};

type State = 'no run' | 'a plan' | 'awaiting approval' | 'urgent' | 'in progress' | 'completed' | 'failed';
const STATES: readonly State[] = [
  ...(['no run', 'a plan', 'awaiting approval', 'urgent', 'in progress', 'completed', 'failed'] as const),
];

async function bring(journal: Journal, state: State): Promise<void> {
  if (state === 'no run') return;
  const asker = person('asker');
  const isUrgent = state === 'urgent';
  const draft = { target: 'uat', source: 'prod', requestedBy: asker, zone: 'UTC', expiresAt: LATER };
  const { runId } = await journal.draft({ ...draft, ...(isUrgent ? { isUrgent } : {}) });
  const record = (event: Parameters<Journal['record']>[1], by: Person = REWIND) =>
    journal.record(runId, event, { actor: by });
  await record({ kind: 'choose-moment', at: NOW, expiresAt: LATER }, asker);
  await record({ kind: 'plan-made', at: NOW, plan: aPlan(NOW) });
  if (state === 'a plan') return;
  await record({ kind: 'confirm', digest: aPlan(NOW).digest, reason: 'x', expiresAt: LATER }, asker);
  if (state === 'awaiting approval' || isUrgent) return;
  await record({ kind: 'approve', digest: aPlan(NOW).digest }, person('second'));
  await record({ kind: 'start' });
  if (state === 'in progress') return;
  await record({ kind: 'swapped', previousKeptUntil: LATER });
  if (state === 'completed') await record({ kind: 'complete', figures: {}, checklist: [] });
  else
    await record({
      ...{ kind: 'fail', targetState: 'closed', figures: {} },
      failure: { step: 'swap', code: 'command-failed', message: 'x', remedy: 'y' },
    });
}

async function partsOf(sandbox: Sandbox, state: State): Promise<BotParts> {
  const clock = { now: () => NOW, elapsedMs: () => 0, sleep: () => Promise.resolve() };
  const journal = createMemoryJournal(clock.now);
  const installation = { ...anInstallation(), people: [], sandboxes: [sandbox] };
  await journal.saveSurvey('uat', aSurvey());
  await journal.reserve('uat', {
    ...{ until: LATER, reason: 'x', by: person('asker'), ids: ['asker'], takesOver: false },
  });
  await bring(journal, state);
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  const links = createLogLinks({
    publicUrl: () => 'https://r.example',
    keys: [{ id: 'k', key: 'k'.repeat(32) }],
    clock,
  });
  const chat = {
    isPersonal: () => false,
    conversationOf: () => 'c',
    withoutThread: (address: object) => address,
  } as unknown as BotParts['chat'];
  const note = () => undefined;
  const parts = { installation, journal, links, clock };
  return {
    ...{ ...parts, chat, log: { info: note, warn: note, error: note } },
    outbox: { post: () => Promise.resolve() } as unknown as BotParts['outbox'],
    desk: createDesk({ journal, installation, wake, now: clock.now, sign: 'unsigned' }),
    renderer: createRenderer(parts),
    repeats: createRepeats({ journal }),
  };
}

/** All that a command could change. */
const seen = async (journal: Journal): Promise<string> =>
  JSON.stringify([await journal.runs({}), await journal.hold('uat'), await journal.homes('uat')]);

test('who may what › every command × role × sandbox × state: never for whoever may not, never refused to whoever may', async () => {
  let cells = 0;
  const typed = Object.keys(LINES).map((line) => line.split(' ')[0]?.slice(1));
  expect(new Set(typed)).toEqual(new Set(COMMANDS.map(({ name }) => name)));
  for (const [named, sandbox] of Object.entries(SANDBOXES))
    for (const state of STATES)
      for (const [text, whoMay] of Object.entries(LINES))
        for (const who of WHO) {
          const parts = await partsOf(sandbox, state);
          const place = { address: {}, conversation: 'c' };
          const asked = { text, person: person(who), place, zone: 'Europe/Berlin', locale: 'en', activityId: 'a' };
          const before = await seen(parts.journal);
          const { card } = await answerCommand(asked, parts);
          const isRefused = textOf(card).includes('not-allowed');
          const allowed = whoMay(named, state);
          const mayDoIt = allowed === undefined || allowed.includes(who);
          const after = await seen(parts.journal);
          // Where there is nothing of that kind, nobody is told more than that.
          const isNothing = /no-such-run|nobody-left/.test(textOf(card));
          const cell = [named, state, text, who] as const;
          // For whoever may: it is not refused. For whoever may not: it is, and has changed nothing.
          const isRight = mayDoIt ? !isRefused : (isRefused || isNothing) && after === before;
          expect([...cell, isRight]).toEqual([...cell, true]);
          cells += 1;
        }
  expect(cells).toBe(2 * STATES.length * Object.keys(LINES).length * WHO.length);
});
