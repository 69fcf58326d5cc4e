import { execFile } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { COVERAGE } from '../../cli/audit/coverage.ts';
import { commands } from '../../cli/commands/index.ts';
import { JONAS, MIRA } from '../builders.ts';
import { REWIND } from '../../engine/contracts.ts';
import { aDraft, BOB, EVENTS } from '../engine/journal/builders.ts';
import { rewind, rewindAnswering, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
beforeAll(async () => {
  house = await startCliHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
});

/** The whole program, for what only it decides: help and exit codes. */
function program(...args: readonly string[]): Promise<{ exitCode: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'], ...house.variables } };
    const child = execFile(process.execPath, ['cli/main.ts', ...args], options, (_, out, err) =>
      resolve({ exitCode: child.exitCode ?? -1, out, err }),
    );
  });
}

test('rewind › without a word shows what it can do', async () => {
  const { exitCode, out } = await program();
  expect(exitCode).toBe(0);
  for (const { usage, summary } of commands) {
    expect(out).toContain(usage);
    expect(out).toContain(summary);
  }
});

test('rewind › an unknown word is answered with the known ones, and is unusable input', async () => {
  const { exitCode, err } = await program('staus');
  expect(exitCode).toBe(2);
  expect(err).toMatch(/There is no command “staus”\. Did you mean “status”\?\n[\s\S]*status \[RUN\]/);
});

test('rewind › a missing run or an unknown option is unusable input, an unknown run a refusal', async () => {
  const [missing, option, typo, unknown] = await Promise.all([
    program('stop'),
    program('stop', 'R-1001', '--force'),
    program('status', '--jsno'),
    program('status', 'R-9999'),
  ]);
  expect([missing.exitCode, option.exitCode, typo.exitCode, unknown.exitCode]).toEqual([2, 2, 2, 1]);
  expect(unknown.err).toBe('There is no run R-9999\n→ Runs are named like R-1042; ask for the history of a sandbox.\n');
});

test('status › lists runs, newest first, and tells everything about one', async () => {
  const { runId } = await house.queuedRun();
  const list = await rewind('status');
  expect(list.out.split('\n')[0]).toMatch(new RegExp(`^${runId}  uat +queued`));
  const one = await rewind('status', runId.toLowerCase());
  expect(one.out).toContain(`Approved by ${MIRA.name}`);
  expect(one.out).toContain('uat is as it was before the run, and in use');
  const json: unknown = JSON.parse((await rewind('status', runId, '--json')).out);
  expect(json).toMatchObject({ runId, state: 'queued' });
});

const HERE = `in the terminal of ${hostname()}, as account ${userInfo().username}`;

test('approve › shows the plan, asks, and counts as the person’s click: second person, digest, way', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const { runId, plan } = await house.waitingRun();
  const silent = await rewind('approve', runId);
  expect(silent).toMatchObject({ exitCode: 1, out: expect.stringContaining(`${runId} is not approved`) });
  expect((await house.journal.run(runId))?.state).toBe('awaiting-approval');
  const { exitCode, out } = await rewindAnswering('UAT', 'approve', runId);
  expect(exitCode).toBe(0);
  expect(out).toContain(`Plan of ${runId}`);
  expect(out).toContain(`digest            ${plan?.digest ?? '?'}`);
  expect(out).toContain(`Type uat to approve exactly this plan`);
  expect(out).toContain(`${runId} is approved by ${MIRA.name} and starts as soon as a worker is free.`);
  const way = { kind: 'terminal', host: hostname(), account: userInfo().username };
  const [last] = (await house.journal.records(runId)).toReversed();
  expect(last).toMatchObject({ event: 'approve', actor: { ...MIRA, way } });
  expect((await rewind('status', runId)).out).toContain(`, ${HERE}`);
  expect((await rewind('audit', runId)).out).toContain(`${MIRA.name} (${MIRA.id}), ${HERE}`);
});

test('approve › takes a digest instead of an answer, and no other plan than that one', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const { runId, plan } = await house.waitingRun();
  expect((await rewind('approve', runId, '--yes')).err).toContain('--digest DIGEST');
  const other = await rewind('approve', runId, '--yes', '--digest', 'another');
  expect(other).toMatchObject({ exitCode: 1, err: expect.stringContaining('no longer the one') });
  expect((await rewind('approve', runId, '--yes', '--digest', plan?.digest ?? '')).exitCode).toBe(0);
});

test('approve › as the first of two says that a second person has to, and status and audit name both', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const { runId } = await house.journal.draft(aDraft({ requestedBy: JONAS }));
  const { binding, ...plan } = EVENTS['plan-made'].plan;
  const bound = { ...plan, binding: { ...binding, approvals: 2 as const } };
  await house.journal.record(runId, EVENTS['choose-moment'], { actor: JONAS });
  await house.journal.record(runId, { ...EVENTS['plan-made'], plan: bound }, { actor: REWIND });
  await house.journal.record(runId, EVENTS.confirm, { actor: JONAS });
  const first = await rewind('approve', runId, '--yes', '--digest', bound.digest, '--comment', 'fine');
  expect(first.out).toContain('approval          two people');
  expect(first.out).toContain(
    `${runId} is approved by ${MIRA.name}, 1 of 2: a second person has to approve it as well.`,
  );
  const again = await rewind('approve', runId, '--yes', '--digest', bound.digest);
  expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining(`You have approved ${runId} already`) });
  await house.journal.record(runId, EVENTS.approve, { actor: BOB });
  const { out } = await rewind('status', runId);
  expect(out).toMatch(new RegExp(`Approved by ${MIRA.name} at .*: fine\nApproved by ${BOB.name}`));
  expect((await rewind('audit', runId)).out).toMatch(/approve-first .*comment=fine/);
});

test('reserve › keeps a sandbox, says so, is refused to nobody’s harm, and is released', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const set = (...more: string[]) => rewind('reserve', 'uat', '--until', soon, ...more);
  expect((await rewind('reserve', 'uat')).out).toContain('UAT is not reserved.');
  expect((await set()).err).toContain('--reason TEXT');
  const kept = await set('--reason', 'UAT round 3\u001b[2J');
  expect(kept.out).toContain(`UAT is reserved by ${MIRA.name}`);
  expect(kept.out).toContain('UAT round 3');
  expect(kept.out).not.toContain('\u001b');
  const late = new Date(Date.now() + 31 * 86_400_000).toISOString();
  for (const until of ['tomorrow', '2020-01-01T00:00:00Z', late])
    expect((await rewind('reserve', 'uat', '--until', until, '--reason', 'x')).err).toContain('--until INSTANT');
  expect((await rewind('reserve', 'uat', '--release')).out).toContain('UAT is no longer reserved.');
  const foreign = { until: soon, reason: 'mine', by: BOB, ids: [BOB.id], takesOver: false };
  await house.journal.reserve('uat', foreign);
  const refused = await set('--reason', 'x');
  expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining(`${BOB.name} has reserved UAT until`) });
  // Whoever may approve releases what somebody else keeps.
  expect((await rewind('reserve', 'uat', '--release')).exitCode).toBe(0);
});

test('acknowledge › says who has seen an urgent refresh, and history marks it until then', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const { runId } = await house.journal.draft(aDraft({ requestedBy: JONAS, isUrgent: true }));
  const record = (kind: 'choose-moment' | 'plan-made' | 'start', by = REWIND) =>
    house.journal.record(runId, EVENTS[kind], { actor: by });
  await record('choose-moment', JONAS);
  await record('plan-made');
  const expiresAt = new Date(Date.now() - 1000).toISOString();
  await house.journal.record(runId, { ...EVENTS.confirm, expiresAt, isUrgent: true }, { actor: JONAS });
  expect((await rewind('history')).out).toMatch(new RegExp(`${runId} .*  urgent`));
  await house.journal.record(runId, EVENTS['go-ahead'], { actor: REWIND });
  await record('start');
  await house.journal.record(runId, EVENTS.swapped, { actor: REWIND });
  await house.journal.record(runId, EVENTS.complete, { actor: REWIND });
  expect((await rewind('history')).out).toMatch(new RegExp(`${runId} .*  urgent, not acknowledged`));
  expect((await rewind('acknowledge', runId)).out).toBe(`${runId} is acknowledged.`);
  const { out } = await rewind('status', runId);
  expect(out).toContain('Urgent: nobody approves it');
  expect(out).toContain(`Acknowledged by ${MIRA.name}`);
  expect((await rewind('acknowledge', runId)).exitCode).toBe(1);
  expect((await rewind('audit', runId)).out).toMatch(/confirm .*isUrgent=true/);
});

test.for([
  ['where the file does not allow it', 'approvalOff', 'Plans are not approved in a terminal here'],
  ['with an account that two people share', 'sharedAccount', 'is not one person’s alone'],
] as const)('approve › is refused %s, before a plan is shown', async ([, file, reason]) => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files[file]);
  const { runId } = await house.waitingRun();
  const refused = await rewindAnswering('uat', 'approve', runId, '--as', MIRA.name);
  expect(refused).toMatchObject({ exitCode: 1, out: '', err: expect.stringContaining(reason) });
  expect((await house.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('approve › is refused with the account that asked, whoever it is listed for by now', async () => {
  vi.stubEnv('REWIND_ENVIRONMENTS', house.files.ownAccounts);
  const way = { kind: 'terminal', host: 'elsewhere', account: userInfo().username } as const;
  const { runId } = await house.waitingRun({ ...JONAS, way });
  const refused = await rewindAnswering('uat', 'approve', runId);
  expect(refused.err).toContain('belongs to somebody who had a hand in the plan');
});

test('reject › needs a reason, as on the card', async () => {
  const { runId } = await house.waitingRun();
  const refused = await rewind('reject', runId, '--as', MIRA.name);
  expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('--reason') });
  expect((await house.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('status › says the plan of a run in words', async () => {
  const { runId, plan } = await house.waitingRun();
  const { out } = await rewind('status', runId);
  expect(out).toContain('replaces          uat: everything in both databases');
  expect(out).toContain('by                prod as of 2026-11-20T18:00:00.000Z');
  expect(out).toContain(`digest            ${plan?.digest ?? '?'}`);
});

test('reject, stop, rollback, signoff › are recorded under the person’s id, though Redis is away', async () => {
  const waiting = await house.waitingRun();
  expect((await rewind('reject', waiting.runId, '--as', MIRA.name, '--reason', 'Not today', '--yes')).exitCode).toBe(0);
  expect((await house.journal.run(waiting.runId))?.ending).toMatchObject({ how: 'rejected', reason: 'Not today' });
  const queued = await house.queuedRun();
  expect((await rewind('stop', queued.runId, '--as', JONAS.id, '--yes')).exitCode).toBe(0);
  expect((await house.journal.run(queued.runId))?.stopRequestedBy).toMatchObject(JONAS);
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
  const completed = await house.completedRun();
  expect((await rewind('rollback', completed.runId, '--as', JONAS.name, '--yes')).exitCode).toBe(0);
  expect((await house.journal.run(completed.runId))?.state).toBe('rollback-in-progress');
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
  const other = await house.completedRun();
  expect((await rewind('signoff', other.runId, '--as', MIRA.name, '--yes')).exitCode).toBe(0);
  expect((await house.journal.run(other.runId))?.signedOffBy).toMatchObject(MIRA);
});

test('stop › of a request that nobody has approved ends it, as in the chat', async () => {
  const { runId } = await house.waitingRun();
  const { out } = await rewind('stop', runId, '--as', JONAS.name);
  expect(out).toBe(`${runId} is over; uat stays as it is.`);
  expect((await house.journal.run(runId))?.ending).toMatchObject({ how: 'kept', by: JONAS });
});

test('a reader › that has read enough ends the program quietly', async () => {
  const { runId } = await house.queuedRun();
  const options = { env: { PATH: process.env['PATH'], ...house.variables } };
  const text = (index: number) => ({
    at: '2026-11-20T17:00:00.000Z',
    step: 'swap',
    text: `${String(index)} ${'x'.repeat(900)}`,
  });
  await house.journal.appendLog(
    runId,
    Array.from({ length: 300 }, (_, index) => text(index)),
  );
  const err = await new Promise<string>((resolve) => {
    execFile('/bin/sh', ['-c', `${process.execPath} cli/main.ts log ${runId} | head -1`], options, (_, _out, stderr) =>
      resolve(stderr),
    );
  });
  expect(err).toBe('');
});

test('a terminal › is not steered by what people typed', async () => {
  const { runId } = await house.waitingRun();
  await rewind('reject', runId, '--as', MIRA.name, '--yes', '--reason', 'Not\u001b[2J today');
  expect((await program('audit', runId)).out).toContain('reason=Not [2J today');
});

test('a person at the terminal › is who the operating system says: several are asked back, strangers refused', async () => {
  const { runId } = await house.queuedRun();
  const account = userInfo().username;
  const several = await rewind('stop', runId);
  expect(several.err).toBe(
    `The account ${account} may act for several people\n→ Say for whom: --as "${JONAS.name}" (${JONAS.name}, ${MIRA.name}).`,
  );
  const stranger = await rewind('stop', runId, '--as', 'Lars Nyström');
  expect(stranger.err).toContain(`The account ${account} may not act for Lars Nyström`);
  expect((await house.journal.run(runId))?.stopRequestedBy).toBeUndefined();
});

test('audit › proves an intact record with 0 and names the first that is not with 1', async () => {
  const { runId } = await house.queuedRun();
  const intact = await rewind('audit', runId);
  expect(intact.out).toMatch(new RegExp(`approve +${MIRA.name} \\(${MIRA.id}\\)  digest=`));
  const digests = [...intact.out.matchAll(/ (plan-made|confirm|approve) .*digest=(\S+)/g)].map(
    ([, , digest]) => digest,
  );
  expect(digests).toEqual(Array(3).fill((await house.journal.run(runId))?.plan?.digest));
  expect(intact).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^Intact: 5 records, head [0-9a-f]{64}$/m) });
  expect(intact.out).toContain('Record 5 (approve by Mira Okafor) is not signed');
  expect(intact.out).toContain(COVERAGE);
  await house.server.query(
    house.journalUrl,
    `UPDATE record SET actor_name = 'Somebody else' WHERE run_id = '${runId}' AND seq = 3`,
  );
  const changed = await rewind('audit', runId);
  expect(changed).toMatchObject({ exitCode: 1, out: expect.stringContaining(`NOT intact: ${runId}: record 3`) });
  expect(JSON.parse((await rewind('audit', runId, '--json')).out)).toMatchObject({
    intact: false,
    findings: [{ kind: 'record-altered', runId }],
  });
});

test('log › prints a run’s lines with time and step', async () => {
  const { runId } = await house.queuedRun();
  expect((await rewind('log', runId)).out).toBe(`${runId} is queued: no worker has written to its log yet.`);
  await house.journal.appendLog(runId, [{ at: '2026-11-20T17:00:00.000Z', step: 'swap', text: 'Switched in 0.41 s' }]);
  expect((await rewind('log', runId)).out).toBe('2026-11-20T17:00:00.000Z  swap                    Switched in 0.41 s');
});

test('migrate › may be repeated', async () => {
  vi.stubEnv('REWIND_JOURNAL_URL', await house.server.newDatabase());
  expect((await rewind('migrate')).exitCode).toBe(0);
  expect((await rewind('migrate')).out).toBe('The journal’s tables are up to date.');
});

test('a terminal without settings › is told every variable that is missing', async () => {
  vi.stubEnv('REWIND_JOURNAL_URL', undefined);
  vi.stubEnv('REWIND_REDIS_URL', undefined);
  const { exitCode, err } = await rewind('status');
  expect(exitCode).toBe(1);
  expect(err).toMatch(/REWIND_JOURNAL_URL[\s\S]*REWIND_REDIS_URL/);
});

test('history › finds requests by who, when and what became of them, and every number with --drafts', async () => {
  const [{ runId: done }, { runId: waiting }] = [await house.completedRun(), await house.waitingRun()];
  await house.journal.record(waiting, { kind: 'keep' }, { actor: JONAS });
  const draft = await house.journal.draft(aDraft({ requestedBy: JONAS }));
  const found = async (...words: readonly string[]) => (await rewind('history', ...words)).out;
  expect(await found('uat')).toMatch(new RegExp(`^${waiting} [\\s\\S]*^${done} `, 'm'));
  expect(await found('uat')).not.toContain(draft.runId);
  expect(await found('uat', '--drafts')).toContain(draft.runId);
  expect(await found('--by', 'okafor')).toMatch(new RegExp(`${done} `));
  expect(await found('--by', 'okafor')).not.toContain(waiting);
  expect(await found('--failed')).toBe('No run fits.');
  const today = new Date().toISOString().slice(0, 10);
  expect(await found('--since', today, '--until', today)).toContain(done);
  expect(await found('--until', '2026-01-01')).toBe('No run fits.');
  expect(JSON.parse(await found('uat', '--json'))).toContainEqual(expect.objectContaining({ runId: done }));
  for (const words of [
    ['--since', '2026-02-30'],
    ['--until', 'yesterday'],
    ['--page', '0'],
  ])
    expect((await rewind('history', ...words)).exitCode).toBe(1);
  expect((await rewind('history', 'nowhere')).err).toContain('There is no sandbox of that name');
});
