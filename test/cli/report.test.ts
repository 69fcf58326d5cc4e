import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { REWIND, type Run } from '../../engine/contracts.ts';
import { signReport } from '../../engine/reports/signedReport.ts';
import { aReport, FORMER, OWN } from '../engine/reports/samples.ts';
import { rewind, startCliHouse, type CliHouse } from './house.ts';

let house: CliHouse;
const folder = mkdtempSync(join(tmpdir(), 'rewind-report-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const spki = ({ id, key }: typeof OWN.open) =>
  `${id}:${key.export({ format: 'der', type: 'spki' }).toString('base64')}`;
beforeAll(async () => {
  house = await startCliHouse();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  for (const [name, value] of Object.entries(house.variables)) vi.stubEnv(name, value);
  vi.stubEnv('REWIND_REPORT_KEYS', spki(OWN.open));
  await house.server.query(house.journalUrl, 'UPDATE target SET held_by = NULL');
});

async function reportedRun(): Promise<Run> {
  const { runId } = await house.queuedRun();
  const { text, head } = signReport(aReport({ run: runId }), OWN.own);
  await house.journal.record(runId, { kind: 'start' }, { actor: REWIND });
  await house.journal.keepReport(runId, { sha256: head.sha256, text });
  return house.journal.record(runId, { kind: 'report-made', report: head }, { actor: REWIND });
}

test('report › prints what was proved and what was not, and writes file and page', async () => {
  const { runId, report } = await reportedRun();
  const shown = await rewind('report', runId.toLowerCase());
  expect(shown.exitCode).toBe(0);
  expect(shown.out).toContain(`Report of ${runId}: signed with reports-2026, and unaltered`);
  expect(shown.out).toContain('0 of 5,210 protected values in 1,893 columns of 214 tables');
  const [out, html] = [join(folder, 'own.json'), join(folder, 'own.html')];
  const written = await rewind('report', runId, '--out', out, '--html', html);
  expect(written.out).toBe(`The signed file of ${runId} is in ${out}\nThe page of ${runId} is in ${html}`);
  expect(readFileSync(out, 'utf8')).toBe(await house.journal.report(runId, report?.sha256 ?? ''));
  expect(readFileSync(html, 'utf8')).toContain('This report is signed with reports-2026, and unaltered.');
  // The file alone is enough, wherever it has got to.
  vi.stubEnv('REWIND_JOURNAL_URL', undefined);
  vi.stubEnv('REWIND_REDIS_URL', undefined);
  expect(await rewind('report', 'verify', out, '--run', runId)).toMatchObject({
    exitCode: 0,
    out: `The report of ${runId}, made at ${aReport().madeAt}, is signed with reports-2026, and unaltered.`,
  });
});

test('report › of a run that has none says why that may be', async () => {
  const { runId } = await house.queuedRun();
  expect(await rewind('report', runId)).toMatchObject({
    exitCode: 1,
    err: expect.stringMatching(
      new RegExp(`^${runId} is queued and has no report\n→ One is made when the copy is proved`),
    ),
  });
});

test('report › whose text in the journal was written to is not shown', async () => {
  const { runId } = await reportedRun();
  await house.server.query(house.journalUrl, `UPDATE report SET text = replace(text, '5210', '5211')`);
  const { exitCode, out } = await rewind('report', runId);
  expect([exitCode, out]).toEqual([1, `The report of ${runId} is ALTERED: it is not as the worker made it.`]);
  // Another one, of this run and signed as well, is not the one whose hash was recorded.
  const other = signReport(aReport({ run: runId, limits: [] }), OWN.own).text;
  await house.server.query(house.journalUrl, `UPDATE report SET text = '${other}'`);
  expect((await rewind('report', runId)).out).toContain('ALTERED');
});

test.for<[string, () => readonly string[], string]>([
  [
    'an altered file',
    () => [file('a.json', signReport(aReport(), OWN.own).text.replace('41207', '41208'))],
    'The file is ALTERED: it is not as the worker made it.',
  ],
  [
    'one of another run',
    () => [file('b.json', signReport(aReport(), OWN.own).text), '--run', 'r-1043'],
    `The report of R-1042, made at ${aReport().madeAt}, is of ANOTHER RUN: it is about R-1042, not R-1043.`,
  ],
  [
    'one of an earlier key',
    () => [file('c.json', signReport(aReport({ key: FORMER.own.id }), FORMER.own).text)],
    `The report of R-1042, made at ${aReport().madeAt}, is NOT verified: signed with reports-2025, which is not among the keys given here (reports-2026).`,
  ],
  [
    'one without a signature',
    () => [file('d.json', signReport(aReport({ key: undefined })).text)],
    `The report of R-1042, made at ${aReport().madeAt}, is NOT signed: nothing shows that it is as the worker made it.`,
  ],
  [
    'what is none',
    () => [file('e.json', 'x')],
    'The file is NO report, or of a version that this Rewind does not know.',
  ],
])('report verify › says of %s that it is that', async ([, args, said]) => {
  expect(await rewind('report', 'verify', ...args())).toMatchObject({ exitCode: 1, out: said });
});

test('report verify › takes keys from the command, and says what is wrong with one', async () => {
  const path = file('f.json', signReport(aReport({ key: FORMER.own.id }), FORMER.own).text);
  const both = `${spki(OWN.open)},${spki(FORMER.open)}`;
  expect((await rewind('report', 'verify', path, '--keys', both)).exitCode).toBe(0);
  const { err } = await rewind('report', 'verify', path, '--keys', 'reports-2025:x');
  expect(err).toContain('is not `name:key` with an Ed25519 key');
  const missing = await rewind('report', 'verify', join(folder, 'nowhere.json'));
  expect(missing.err).toContain('is not there');
});

test.for<readonly string[]>([
  [],
  ['verify'],
  ['R-1042', 'R-1043'],
  ['R-1042', '--keys', 'x'],
  ['verify', 'x', '--out', 'y'],
])('report › that nobody can mean is answered with its usage: %j', async (args) => {
  expect((await rewind('report', ...args)).err).toContain('report RUN [--html FILE]');
});

test('signing-key --reports › makes the two halves of a key that signs reports', async () => {
  const { out } = await rewind('signing-key', 'reports-2027', '--reports');
  const [, own = '', open = ''] = /REWIND_REPORT_KEY=(\S+)[\s\S]*REWIND_REPORT_KEYS=(\S+)/.exec(out) ?? [];
  const { readReportKeys, readWorkerSettings } = await import('../../env/settings.ts');
  const { REWIND_REPORT_KEY: key } = readWorkerSettings({ ...house.variables, REWIND_REPORT_KEY: own });
  if (key === undefined) throw new Error('There is no key');
  const path = file('g.json', signReport(aReport({ key: key.id }), key).text);
  expect(readReportKeys({ REWIND_REPORT_KEYS: open }).map(({ id }) => id)).toEqual(['reports-2027']);
  expect((await rewind('report', 'verify', path, '--keys', open)).exitCode).toBe(0);
});
