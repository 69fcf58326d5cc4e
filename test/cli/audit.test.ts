import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { REWIND } from '../../engine/contracts.ts';
import { readHeads, keepHead } from '../../engine/journal/audit/headFile.ts';
import { digestOf } from '../../engine/journal/canonicalJson.ts';
import { createSigner, signatureOf } from '../../engine/journal/signatures.ts';
import { readDemoBotSettings } from '../../env/settings.ts';
import { JONAS, MIRA } from '../builders.ts';
import { aDraft, aPlan, aSchedule, EVENTS, NOW } from '../engine/journal/builders.ts';
import { readZip } from '../appPackage/readZip.ts';
import { rewind, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
let folder: string;
beforeAll(async () => {
  house = await startCliHouse();
  folder = mkdtempSync(join(tmpdir(), 'rewind-audit-'));
});
beforeEach(async () => {
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await house[Symbol.asyncDispose]();
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const sign = createSigner({ id: '2026a', key: privateKey });
const verifying = `2026a:${publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`;

/** Ended, signed, with a log. */
async function endedRun(): Promise<string> {
  const { runId } = await house.journal.draft(aDraft({ requestedBy: JONAS }));
  const plan = aPlan({ digest: digestOf(aPlan().binding) });
  const { digest } = plan;
  await house.journal.record(runId, EVENTS['choose-moment'], { actor: JONAS, sign });
  await house.journal.record(runId, { kind: 'plan-made', at: EVENTS['choose-moment'].at, plan }, { actor: REWIND });
  await house.journal.record(runId, { ...EVENTS.confirm, digest }, { actor: JONAS, sign });
  await house.journal.record(runId, { kind: 'approve', digest }, { actor: MIRA, sign });
  await house.journal.record(runId, EVENTS.start, { actor: REWIND });
  const lines = ['22 rules, 41,207 rows', 'Looks for „Müller“'].map((text) => ({ at: NOW, step: 'sanitize', text }));
  await house.journal.appendLog(runId, lines);
  await house.journal.record(runId, EVENTS.complete, { actor: REWIND });
  return runId;
}

test('an audit of all runs › tells each, and exports every record as text that no spreadsheet takes for a formula', async () => {
  const runId = await endedRun();
  await house.journal.record(runId, EVENTS['tick-item'], { actor: { ...JONAS, name: '=cmd|"x"!A1, "quoted"' } });
  const all = await rewind('audit', '--all');
  expect(all).toMatchObject({ exitCode: 0, out: expect.stringContaining(`Intact      ${runId}  uat`) });
  const file = join(folder, 'all.csv');
  expect((await rewind('audit', '--all', '--csv', file)).exitCode).toBe(0);
  const csv = readFileSync(file, 'utf8').split('\r\n');
  expect(csv[0]).toBe('run,sandbox,record,at,event,name,object id,tenant,detail,hash,intact');
  expect(csv.find((line) => line.includes('tick-item'))).toContain(`,"'=cmd|""x""!A1, ""quoted""",${JONAS.id},`);
  expect(csv.filter((line) => line.startsWith(`${runId},`))).toHaveLength((await house.journal.records(runId)).length);
  const [day = ''] = ((await house.journal.run(runId))?.createdAt ?? '').split('T');
  const none = JSON.parse((await rewind('audit', '--all', '--until', '2020-01-01', '--json')).out) as { runs: [] };
  const today = JSON.parse((await rewind('audit', '--all', '--since', day, '--until', day, '--json')).out) as {
    runs: [];
  };
  const elsewhere = JSON.parse((await rewind('audit', '--all', '--target', 'test', '--json')).out) as { runs: [] };
  expect([none.runs.length, today.runs.length > 0, elsewhere.runs.length]).toEqual([0, true, 0]);
});

test('the evidence of a run › is checked without Rewind, and says so when any of it was changed', async () => {
  vi.stubEnv('REWIND_VERIFYING_KEYS', verifying);
  const runId = await endedRun();
  const out = join(folder, 'x.zip');
  expect((await rewind('audit', runId, '--bundle', out)).exitCode).toBe(0);
  const files = readZip(readFileSync(out));
  for (const [name, data] of files) writeFileSync(join(folder, name), data);
  expect(String(files.get('rules.json'))).toContain('22 rules, 41,207 rows');
  expect(JSON.parse(String(files.get('checklist.json')))).toEqual((await house.journal.run(runId))?.checklist);
  const check = () => spawnSync(process.execPath, [join(folder, 'verify.mjs')], { encoding: 'utf8' });
  expect(check()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Intact: 7 records, head [0-9a-f]{64}\n$/),
  });
  for (const name of ['records.jsonl', 'chain.txt', 'head.txt', 'document.json', 'log.jsonl', 'signatures.jsonl']) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace(/[1-8](?=[^1-8]*$)/, (digit) => String(Number(digit) + 1)),
    );
    expect([name, check().status]).toEqual([name, 1]);
    writeFileSync(file, text);
  }
  expect(check().status).toBe(0);
  writeFileSync(join(folder, 'keys.json'), '{}');
  expect(check().stdout).toContain('The signature of record 2 was not checked: the key 2026a is not in keys.json\n');
});

test('a signature of another decision › is found, one of the bot’s is told, and that of an unknown key is named', async () => {
  const runId = await endedRun();
  expect((await rewind('audit', runId)).out).toContain('is signed by the key 2026a, which is not known here');
  vi.stubEnv('REWIND_VERIFYING_KEYS', verifying);
  expect(await rewind('audit', runId)).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/approve .*signed=2026a/),
  });
  const { runId: other } = await house.waitingRun();
  const stolen = (await house.journal.records(runId))[4]?.evidence?.signature;
  const forge = () => stolen ?? { key: '', value: '' };
  await house.journal.record(other, EVENTS.approve, { actor: MIRA, sign: forge });
  expect(await rewind('audit', other)).toMatchObject({
    exitCode: 1,
    out: expect.stringContaining('(signature-wrong)'),
  });
});

test('the heads that were kept elsewhere › are compared, and a line that is none is named', async () => {
  const runId = await endedRun();
  const [record] = (await house.journal.records(runId)).slice(-1);
  const file = join(folder, 'heads.jsonl');
  expect((await rewind('audit', runId)).out).toContain('REWIND_AUDIT_FILE is not set');
  vi.stubEnv('REWIND_AUDIT_FILE', file);
  expect((await rewind('audit', runId)).out).toContain(`${file} is not there`);
  const head = { at: NOW, runId, state: 'completed', seq: record?.seq ?? 0, hash: record?.hash ?? '' };
  await keepHead(file, head);
  expect(await readHeads(file)).toEqual([head]);
  expect(await rewind('audit', runId)).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining(`Compared with the heads in ${file}: 1`),
  });
  await keepHead(file, { ...head, hash: '0'.repeat(64) });
  expect(await rewind('audit', runId)).toMatchObject({ exitCode: 1, out: expect.stringContaining('(anchor-broken)') });
  appendFileSync(file, 'something else\n');
  expect((await rewind('audit', runId)).err).toContain(`Line 3 of ${file} is no head of a run`);
});

test('a reason › cannot look like a record, in the terminal and in the evidence', async () => {
  const { runId } = await house.waitingRun();
  const reason = 'No\n   5  2026-11-20T18:00:00.000Z  approve             Mira Okafor\u202e';
  await house.journal.record(runId, { kind: 'reject', reason }, { actor: MIRA });
  const out = join(folder, 'reason.zip');
  const said = (await rewind('audit', runId, '--bundle', out)).out.split('\n');
  const written = String(readZip(readFileSync(out)).get('records.txt')).split('\n');
  for (const lines of [said, written]) expect(lines.filter((line) => /^ *5 /.test(line))).toHaveLength(1);
});

test('a run that was deleted › is missing, not unknown', async () => {
  const { runId } = await house.waitingRun();
  for (const table of ['record', 'run'])
    await house.server.query(house.journalUrl, `DELETE FROM ${table} WHERE run_id = '${runId}'`);
  expect(await rewind('audit', runId)).toMatchObject({
    exitCode: 1,
    out: expect.stringContaining('the run is missing'),
  });
  expect((await rewind('audit', 'R-9999')).err).toContain('There is no run R-9999');
});

test('a pair of keys › is made in the form that bot and worker take', async () => {
  const { out } = await rewind('signing-key', '2026b');
  const [, own = ''] = /REWIND_SIGNING_KEY=(\S+)/.exec(out) ?? [];
  const [, open = ''] = /REWIND_VERIFYING_KEYS=(\S+)/.exec(out) ?? [];
  const settings = readDemoBotSettings({
    ...house.variables,
    REWIND_LINK_KEYS: `a:${'k'.repeat(32)}`,
    REWIND_SIGNING_KEY: own,
    REWIND_VERIFYING_KEYS: open,
  });
  const { REWIND_SIGNING_KEY: signing, REWIND_VERIFYING_KEYS: verifyingKeys } = settings;
  const run = { runId: 'R-1', seq: 1, at: NOW, actor: MIRA, event: 'approve', data: {}, previousHash: '' };
  const signature = signing && createSigner(signing)(run);
  expect(
    signatureOf(
      { ...run, hash: '', evidence: { signature: signature ?? { key: '', value: '' } } },
      verifyingKeys ?? [],
    ),
  ).toBe('valid');
});

test('an audit of a schedule › tells who decided what and when, signed, and is not intact where it was only written', async () => {
  vi.stubEnv('REWIND_VERIFYING_KEYS', verifying);
  const schedule = await house.journal.addSchedule({ ...aSchedule, by: JONAS }, { sign });
  const name = `S-${String(schedule.number)}`;
  await house.journal.setSchedule(schedule.number, 'paused', MIRA, sign);
  const { exitCode, out } = await rewind('audit', name.toLowerCase());
  expect(exitCode).toBe(0);
  expect(out).toMatch(/ 1 {2}\S+Z {2}schedule-set-up .*Jonas.* signed=2026a/);
  expect(out).toMatch(/ 2 {2}\S+Z {2}schedule-paused .*Mira.* signed=2026a/);
  expect(out).toContain('Intact: 2 records');
  expect(JSON.parse((await rewind('audit', name, '--json')).out)).toMatchObject({ intact: true, notes: [] });
  expect((await rewind('audit', '--all')).out).toMatch(new RegExp(`^Intact {6}${name}`, 'm'));
  expect((await rewind('audit', '--all', '--target', 'test')).out).not.toContain(name);
  const by = `where number = ${String(schedule.number)}`;
  await house.server.query(
    house.journalUrl,
    `update schedule set document = replace(document, 'paused', 'active'), state = 'active' ${by}`,
  );
  const forged = await rewind('audit', name);
  expect([forged.exitCode, forged.out]).toEqual([
    1,
    expect.stringContaining(`NOT intact: ${name}: it is not what its last record left`),
  ]);
  await house.server.query(
    house.journalUrl,
    `update schedule set document = replace(document, 'active', 'paused'), state = 'paused' ${by}`,
  );
  expect((await rewind('audit', name, '--bundle', 'x.zip')).err).toContain('audit RUN|SCHEDULE');
  expect((await rewind('audit', 'S-999')).err).toContain('There is no schedule S-999');
});
