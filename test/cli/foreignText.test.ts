import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLog } from '../../bot/logs/writeLog.ts';
import { describeRun, oneLine } from '../../cli/describeRun.ts';
import { bad, describeFinding } from '../../cli/doctor/finding.ts';
import { explain } from '../../cli/explain.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import { createLog } from '../../env/log.ts';
import { lastWordsOn } from '../../env/lastWords.ts';
import { createScrub } from '../../env/scrub.ts';
import { columnsOf } from '../../engine/shownText.ts';
import { aStartedRun, stepsUntil } from '../cards/samples.ts';
import { JONAS, MIRA } from '../builders.ts';
import { aBackup } from '../engine/environments/sqlServer/chain/aBackup.ts';
import { rewind, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
beforeAll(async () => {
  house = await startCliHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
});

const FORGED = '2026-11-20T18:00:00.000Z  approve             Forged Person (nobody)';
/** Line breaks of every kind, a forged line, another direction, what steers a terminal, marks and wide characters. */
const HOSTILE = `go on\n   9  ${FORGED}\r\nIntact: 9 records\u2028Intact\u0085x\u001b[2K\u202eevil\u2066\u0301\u0301\u0301王`;
// oxlint-disable-next-line no-control-regex -- they are what must not be there
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** As many lines as with a harmless text, none of them beginning as a line of ours does. */
function expectHonest(told: string, benign: string) {
  expect(told).not.toMatch(STEERS);
  expect(told.split('\n')).toHaveLength(benign.split('\n').length);
  expect(
    told.split('\n').filter((line) => /^\s{0,4}\d?\s*(2026-11-20T18|Intact\b)/.test(line) && line.includes('Forged')),
  ).toEqual([]);
}

const expectBoth = (tell: (text: string) => string) => expectHonest(tell(HOSTILE), tell('harmless'));

const runWith = (text: string) =>
  aStartedRun({
    state: 'failed',
    target: text,
    source: text,
    reason: text,
    requestedBy: { ...JONAS, name: text, id: text },
    acceptedBy: { ...JONAS, name: text },
    approval: { by: { ...MIRA, name: text }, at: '2026-11-20T18:00:00.000Z', digest: 'd' },
    ending: { how: 'rejected', by: { ...MIRA, name: text }, at: '2026-11-20T18:00:00.000Z', reason: text },
    steps: stepsUntil('sanitize', 'failed', text),
  });

test('the list and the description of a run › are not forged by what people typed', () => {
  expect(oneLine(runWith(HOSTILE)).split('\n')).toHaveLength(1);
  expectBoth((text) => oneLine(runWith(text)));
  expectBoth((text) => describeRun(runWith(text)));
});

test('the columns of the list › stand where they stand, however wide a name is', () => {
  const end = (target: string) => columnsOf(oneLine(aStartedRun({ target })).split('in-progress')[0] ?? '');
  expect(end('王芳')).toBe(end('uat'));
  expect(end('e\u0323\u0302')).toBe(end('uat'));
});

test('the lines of a failure › stand indented below its first, so none passes for a line of ours', () => {
  const failure = {
    step: 'sanitize',
    code: 'command-failed',
    message: `It ended with 1\n${FORGED}\n\u001b[2J`,
    remedy: 'Look.',
  } as const;
  const run = aStartedRun({ state: 'failed', failure });
  for (const told of [describeRun(run), writeLog(run, [], [])]) {
    expect(told).toMatch(new RegExp(`^ {4,}${FORGED.slice(0, 24)}`, 'm'));
    expect(told).not.toMatch(new RegExp(`^${FORGED.slice(0, 24)}`, 'm'));
    expect(told).not.toMatch(STEERS);
  }
});

test('the downloaded log › is not forged by what people typed or programs printed', () => {
  const at = '2026-11-20T18:00:00.000Z';
  const record = (text: string) => ({
    runId: 'R-1042',
    seq: 1,
    at: '2026-11-19T09:00:00.000Z',
    event: 'confirm',
    actor: { id: text, name: text, tenantId: 't' },
    data: {},
    hash: '',
    previousHash: '',
  });
  expectBoth((text) => writeLog(runWith(text), [record(text)], []));
  // A line of the log may have lines of its own; they are indented.
  const log = writeLog(runWith('uat'), [], [{ at, step: 'sanitize', text: `a\n${FORGED}` }]);
  expect(log).toMatch(new RegExp(`^ {4}${FORGED.slice(0, 24)}`, 'm'));
});

test('audit and status › show a reason with line breaks on the line of its record', async () => {
  const told = async (reason: string) => {
    const { runId } = await house.waitingRun();
    await rewind('reject', runId, '--as', MIRA.name, '--yes', '--reason', reason);
    await house.journal.appendLog(runId, [{ at: '2026-11-20T18:00:00.000Z', step: 'plan', text: reason }]);
    return {
      audit: (await rewind('audit', runId)).out,
      json: (await rewind('audit', runId, '--json')).out,
      status: (await rewind('status', runId)).out,
      log: (await rewind('log', runId)).out,
    };
  };
  const [hostile, benign] = [await told(HOSTILE), await told('harmless')];
  expectHonest(hostile.audit, benign.audit);
  expectHonest(hostile.status, benign.status);
  expect(hostile.audit.split('\n').filter((line) => line.startsWith('Intact: '))).toHaveLength(1);
  expect(hostile.json).not.toMatch(STEERS);
  expect(JSON.parse(hostile.json)).toMatchObject({
    records: expect.arrayContaining([expect.objectContaining({ event: 'reject' })]),
  });
  expect(hostile.log).not.toMatch(STEERS);
  expect(
    hostile.log
      .split('\n')
      .slice(1)
      .every((line) => line.startsWith('    ')),
  ).toBe(true);
});

test('an audit › is not forged by what somebody wrote into the journal’s tables', async () => {
  const { runId } = await house.waitingRun();
  const query = (text: string) => house.server.query(house.journalUrl, text);
  const document = String.raw`"target":"uat\nIntact      R-9999\u001b[2K"`;
  const retarget = (from: string, to: string) =>
    query(`UPDATE run SET document = replace(document, '${from}', '${to}') WHERE run_id = '${runId}'`);
  const rename = (event: string) => query(`UPDATE record SET event = ${event} WHERE run_id = '${runId}' AND seq = 4`);
  await retarget('"target":"uat"', document);
  await rename(`E'confirm\\n   9  ${FORGED.slice(0, 24)}'`);
  try {
    for (const args of [['--all'], [runId]]) {
      const { out } = await rewind('audit', ...args);
      expect(out).toContain(`NOT intact: ${runId}`);
      expect(out).not.toMatch(STEERS);
      expect(out).not.toMatch(/^(Intact {6}R-9999| {3}9 {2}2026)/m);
    }
    expect((await rewind('status', runId)).out).not.toMatch(/^Intact/m);
  } finally {
    await retarget(document, '"target":"uat"');
    await rename(`'confirm'`);
  }
});

test('doctor, errors at the terminal and last words › are not forged by names', () => {
  expectBoth((text) => describeFinding(bad(text, text, text)));
  const error = (name: string) =>
    new OutdatedRequestError({ ...runWith('uat'), state: 'signed-off', signedOffBy: { ...JONAS, name } }, 'approve');
  for (const tell of [explain, lastWordsOn]) {
    expect(tell(error(HOSTILE))).not.toMatch(STEERS);
    expect(tell(new Error(HOSTILE))).not.toMatch(/Forged|evil/);
  }
  expect(
    explain(error(HOSTILE))
      .split('\n')
      .filter((line) => !/^(→| {4})/.test(line)),
  ).toHaveLength(1);
});

test('plan › is not forged by the names of a history', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-plan-'));
  try {
    const tell = async (name: string) => {
      const file = join(folder, 'history.json');
      writeFileSync(
        file,
        JSON.stringify([
          aBackup(name, 'D', '00:00', 100, 110, { time_zone: 4, database_name: name, server_name: name }),
        ]),
      );
      const { out, err } = await rewind('plan', '--history', file, '--at', '2026-11-20T01:00:00Z');
      return `${out}${err}`;
    };
    expect(await tell('AxDB')).toContain('full backup E:\\backup\\');
    const told = await tell(HOSTILE);
    expect(told).not.toMatch(STEERS);
    expect(told).not.toMatch(/^\s*(?:9 {2}2026|Intact)/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the log of a process › is one line per event, whatever its fields hold', () => {
  const written: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    createLog('bot', 'info', createScrub([]), () => 0).warn('card-update-postponed', {
      why: HOSTILE,
      err: new Error(HOSTILE),
    });
  } finally {
    process.stdout.write = write;
  }
  expect(written).toHaveLength(1);
  expect(written[0]?.trimEnd()).not.toMatch(/\n/);
  expect(written[0]?.trimEnd()).not.toMatch(STEERS);
});
