import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { archiveFolder } from '../../demo/clusters/home.ts';
import { sanitizationFacts } from '../../demo/company/sanitizationFacts.ts';
import { JONAS, MIRA } from '../../demo/people.ts';
import { openChat, type Chat } from '../../demo/play/chat.ts';
import { contentOf, proveProductionUnchanged, proveRefreshed, proveUnchanged } from '../../demo/play/proofs.ts';
import { startDemo, type Demo } from '../../demo/startDemo.ts';
import { systemClock } from '../../engine/clock.ts';
import type { Run, RunState } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';

let folder: string;
let demo: Demo;
let chat: Chat;
let journal: Journal;
/** What the chat answers next instead of taking a message. */
let troubles: { readonly method: string; readonly status: number; readonly retryAfterSeconds?: number }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-faults-'));
  await setSynchronization('ends well');
  demo = await startDemo({ folder, say: () => undefined, changeEnvironments: withOwnSynchronization });
  journal = openJournal({ url: demo.journalUrl });
  chat = await openChat({
    botUrl: demo.botUrl,
    botAppId: demo.botAppId,
    patienceMs: 60_000,
    trouble: (method) => (troubles[0]?.method === method ? troubles.shift() : undefined),
  });
}, 300_000);

beforeEach(() => {
  troubles = [];
});

afterAll(async () => {
  await chat[Symbol.asyncDispose]();
  await journal[Symbol.asyncDispose]();
  await demo[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test('a click › with Redis away is answered, and a second refresh of the target refused; a synchronization that fails, hangs or is missing leaves the target in use until a retry succeeds', async () => {
  const production = await sanitizationFacts(demo.company.prod.as.administrator.application);
  const before = await contentOf(demo.company.uat);
  await setSynchronization('fails');
  const runId = await planned('uat');
  await chat.click(JONAS, await chat.button('confirm-run', runId), { confirm: 'uat' });
  const approve = await chat.button('approve-run', runId);

  await chat.say(MIRA, `/refresh uat at ${beforeTheMistake()}`);
  await chat.sees('cannot be refreshed like this', `${runId} holds the target`);

  demo.supervisor.kill('redis', 'SIGKILL');
  // Later than in time it would be told that this takes longer than usual.
  expect(JSON.stringify(await chat.click(MIRA, approve))).toContain('Approved by');

  const ways = [
    ['fails', 'command-failed', 'exit code 3'],
    ['hangs', 'command-timeout', 'did not end within 4 s'],
    ['is missing', 'command-missing', 'there is no'],
  ] as const;
  for (const [how, code, words] of ways) {
    await setSynchronization(how);
    if (how !== 'fails') await chat.click(MIRA, await chat.button('retry-run', runId));
    expect(await failure(runId, code)).toMatchObject({ targetState: 'old' });
    await chat.sees(words, '🟢 UAT is as it was before the run, and in use.', 'Get log', '"verb":"retry-run"', code);
  }
  expect(await proveUnchanged('uat', demo.company.uat, before)).toMatchObject({ holds: true });

  await setSynchronization('ends well');
  await chat.click(JONAS, await chat.button('retry-run', runId));
  await reaches(runId, 'completed');
  await chat.sees(runId, 'Next steps for Admin');
  const moment = demo.company.moments.find(({ name }) => name === 'before the mistake');
  if (!moment) throw new Error('The company has no moment before its mistake');
  const proofs = [
    ...(await proveRefreshed(demo.company.uat, moment)),
    await proveProductionUnchanged(demo.company, production),
  ];
  expect(proofs.filter(({ holds }) => !holds)).toEqual([]);
}, 90_000);

test('a chat › that is down, busy or has lost the message shows the plan as soon as it can', async () => {
  troubles = [
    { method: 'PUT', status: 500 },
    { method: 'PUT', status: 429, retryAfterSeconds: 1 },
    { method: 'PUT', status: 404 },
  ];
  const messages = chat.cards().length;
  const runId = await planned('test');
  const { messageId } = await chat.button('confirm-run', runId);
  // Posted anew, behind the message that was lost; something of an earlier run may come between them.
  expect(chat.cards().findIndex((card) => card.messageId === messageId)).toBeGreaterThan(messages);
  expect(troubles).toEqual([]);
  await chat.click(JONAS, await chat.button('keep-target', runId));
}, 40_000);

test('a bot › that is killed between a card and its click does what the card says', async () => {
  const runId = await planned('test');
  const confirm = await chat.button('confirm-run', runId);
  const pid = demo.supervisor.pid('bot');
  demo.supervisor.kill('bot', 'SIGKILL');
  await until(() => ![undefined, pid].includes(demo.supervisor.pid('bot')));
  await answered(() => chat.click(JONAS, confirm, { confirm: 'test' }));
  expect(await reaches(runId, 'awaiting-approval')).toMatchObject({ requestedBy: { name: JONAS.name } });
  await chat.click(MIRA, await chat.button('reject-run', runId), { why: 'Not now' });
  await chat.sees('TEST was rejected', 'Not now');
}, 40_000);

test('a WAL segment › that is missing is a gap, and ends a run that was approved before without touching its target', async () => {
  const before = await contentOf(demo.company.test);
  const runId = await planned('test', 'latest');
  await chat.click(JONAS, await chat.button('confirm-run', runId), { confirm: 'test' });
  const approve = await chat.button('approve-run', runId);
  const archive = archiveFolder(demo.company.prod.folder);
  const segments = (await readdir(archive)).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  // Half way between the base backup and the recovery point.
  const { at = '' } = (await journal.run(runId)) ?? {};
  const survey = await journal.survey('test');
  const missing = segments[Math.floor(segments.length / 2)] ?? '';
  await rename(join(archive, missing), join(folder, missing));
  await until(async () => (await journal.survey('uat'))?.gaps[0] !== undefined);

  await chat.say(JONAS, `/refresh uat at ${at}`);
  await chat.sees('lies in a gap', `WAL segment ${missing} is missing`, 'Nearest');
  expect((await journal.survey('uat'))?.windows[0]?.from).toBe(survey?.windows[0]?.from);

  await chat.click(MIRA, approve);
  const run = await reaches(runId, 'failed');
  expect(run.failure).toMatchObject({ step: 'check-prerequisites' });
  await chat.sees(runId, '🟢 TEST is as it was before the run, and in use.', 'What to do');
  expect(await proveUnchanged('test', demo.company.test, before)).toMatchObject({ holds: true });
}, 60_000);

test('all these faults › had names: none was unexpected', async () => {
  const runs = await journal.runs({});
  expect(runs.length).toBeGreaterThan(3);
  expect(runs.flatMap(({ runId, failure }) => (failure?.code === 'unexpected' ? [runId] : []))).toEqual([]);
});

type Synchronization = 'ends well' | 'fails' | 'hangs' | 'is missing';

/** What the installation's synchronization of uat does from now on. */
async function setSynchronization(how: Synchronization): Promise<void> {
  const file = join(folder, 'synchronize');
  await rm(file, { force: true });
  if (how === 'is missing') return;
  const script = { 'ends well': 'exit 0', fails: 'echo "Table CUSTTABLE"; exit 3', hangs: 'exec sleep 600' }[how];
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

function withOwnSynchronization(yaml: string): string {
  // Written by the demo itself just before.
  const document = parse(yaml) as { sandboxes: Record<string, { commands: object; policy: object }> };
  const { uat } = document.sandboxes;
  if (!uat) throw new Error('The demo has no uat');
  uat.commands = { ...uat.commands, synchronize: { command: join(folder, 'synchronize'), timeout: '4s' } };
  uat.policy = { ...uat.policy, cutoverWarning: 0 };
  return stringify(document);
}

/** A new run of that target, when its plan stands on a card. */
async function planned(target: string, moment = `at ${beforeTheMistake()}`): Promise<string> {
  const [last] = await journal.runs({ target, limit: 1 });
  await chat.say(JONAS, `/refresh ${target} ${moment}`);
  let runId = '';
  await until(async () => {
    const [newest] = await journal.runs({ target, limit: 1 });
    runId = newest?.runId ?? '';
    return newest?.runId !== last?.runId && newest?.plan !== undefined;
  });
  await chat.button('confirm-run', runId);
  return runId;
}

async function reaches(runId: string, state: RunState): Promise<Run> {
  let run: Run | undefined;
  await until(async () => (run = await journal.run(runId))?.state === state);
  if (!run) throw new Error(`The journal has no ${runId}`);
  return run;
}

async function failure(runId: string, code: string): Promise<Run> {
  let run: Run | undefined;
  await until(async () => {
    run = await journal.run(runId);
    return run?.state === 'failed' && run.failure?.code === code;
  });
  if (!run) throw new Error(`The journal has no ${runId}`);
  return run;
}

/** The proxy answers 502 until the bot is there again; Teams tells the person to click again. */
async function answered(click: () => Promise<unknown>): Promise<void> {
  await until(() =>
    click().then(
      () => true,
      () => false,
    ),
  );
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = systemClock.elapsedMs() + 40_000;
  while (!(await holds())) {
    if (systemClock.elapsedMs() > giveUpAt) throw new Error('Nothing came of it within 40 s');
    await systemClock.sleep(50);
  }
}

function beforeTheMistake(): string {
  return demo.company.moments.find(({ name }) => name === 'before the mistake')?.at ?? '';
}
