import { systemClock } from '../../engine/clock.ts';
import { examineRun } from '../../engine/journal/audit/examineRun.ts';
import type { AuditSource } from '../../engine/journal/audit/material.ts';
import type { VerifyingKey } from '../../engine/journal/signatures.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { readWorkerSettings } from '../../env/settings.ts';
import { sanitizationFacts } from '../company/sanitizationFacts.ts';
import type { Moment } from '../company/workload.ts';
import { JONAS, MIRA } from '../people.ts';
import type { Demo } from '../startDemo.ts';
import { openChat } from './chat.ts';
import { begins, PATIENCE_MS, reaches, runOf, type Play } from './follow.ts';
import {
  type Proof,
  contentOf,
  proveProductionUnchanged,
  proveRefreshed,
  proveUnchanged,
  proveWarned,
} from './proofs.ts';
import { proveProfile } from './proveProfile.ts';
import { proveReport } from './proveReport.ts';
import { playSchedule } from './schedule.ts';
import { summaryOf } from './summary.ts';

export interface JourneyResult {
  readonly journey: 'ok' | 'failed';
  /** How many proofs hold. */
  readonly proofs: number;
  readonly runs: readonly ReturnType<typeof summaryOf>[];
}

/** The last line of a play for programs, also of one that broke off; what broke it off is said in full before. */
export async function resultOf(
  played: Promise<JourneyResult>,
  tell: (error: unknown) => void,
): Promise<JourneyResult | { readonly journey: 'failed'; readonly why: string }> {
  try {
    return await played;
  } catch (error) {
    tell(error);
    return { journey: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

/** `hasSchedule`: with a refresh that comes by itself, for which a full minute is waited. Plays the whole conversation through the bot's own door and asks the databases whether it was true. */
export async function playJourney(
  demo: Demo,
  say: (line: string) => void,
  { hasSchedule = true }: { readonly hasSchedule?: boolean } = {},
): Promise<JourneyResult> {
  await using chat = await openChat({ botUrl: demo.botUrl, botAppId: demo.botAppId, patienceMs: PATIENCE_MS });
  await using journal = openJournal({ url: demo.journalUrl });
  const { company } = demo;
  const play = { chat, journal, say };
  const moment = company.moments.find(({ name }) => name === 'before the mistake');
  if (!moment) throw new Error('The company has no moment before its mistake');
  const productionBefore = await sanitizationFacts(company.prod.as.administrator.application);
  const uatBefore = await contentOf(company.uat);
  const testBefore = await contentOf(company.test);
  const proofs: Proof[] = [];
  const prove = (proof: Proof) => {
    proofs.push(proof);
    say(`${proof.holds ? '✓' : '✗'} ${proof.sentence}`);
  };

  say('— A refresh of uat to just before the mistake');
  const refreshed = await refresh(play, 'uat', moment);
  await reaches(play, refreshed, 'completed');
  for (const proof of await proveRefreshed(company.uat, moment)) prove(proof);
  const done = await runOf(journal, refreshed);
  prove(await proveProfile(company.uat.as.administrator.application, done));
  prove(await proveReport(demo, chat, done));

  say('— A refresh of test that is stopped before its switch');
  const stopped = await refresh(play, 'test', moment);
  await begins(play, stopped, 'restore-beside');
  const asks = await chat.button('ask-stop', stopped);
  await chat.click(JONAS, asks);
  // The question stands where the card was, for whoever asked.
  await chat.click(JONAS, { ...asks, verb: 'stop-run' });
  await reaches(play, stopped, 'aborted');
  prove(await proveUnchanged('test', company.test, testBefore));

  say('— A refresh of test that fails behind its switch, and is rolled back');
  const failed = await refresh(play, 'test', moment);
  prove(proveWarned((await runOf(journal, failed)).plan));
  await reaches(play, failed, 'failed');
  await chat.click(JONAS, await chat.button('roll-back-run', failed));
  await reaches(play, failed, 'rolled-back');
  prove(await proveUnchanged('test', company.test, testBefore));

  say('— A rollback after success: uat gets its own data back');
  await chat.click(MIRA, await chat.button('roll-back-run', refreshed));
  await reaches(play, refreshed, 'rolled-back');
  prove(await proveUnchanged('uat', company.uat, uatBefore));
  prove(await proveProductionUnchanged(company, productionBefore));

  const { REWIND_VERIFYING_KEYS: keys = [] } = readWorkerSettings(demo.variables);
  const runs = await Promise.all([refreshed, stopped, failed].map((runId) => runOf(journal, runId)));
  if (hasSchedule) {
    say('— A refresh of uat that comes by itself, approved in advance');
    const played = await playSchedule({ ...play, keys }, demo);
    played.proofs.forEach(prove);
    runs.push(played.run);
  }
  for (const { runId } of runs) prove(await isIntact(journal.audit, runId, keys));
  say(countOf(proofs));
  const holding = proofs.filter(({ holds }) => holds).length;
  return { journey: holding === proofs.length ? 'ok' : 'failed', proofs: holding, runs: runs.map(summaryOf) };
}

/** The end for people; the line behind it is for programs. */
function countOf(proofs: readonly Proof[]): string {
  const wrong = proofs.filter(({ holds }) => !holds);
  const holding = `${String(proofs.length - wrong.length)} proofs hold`;
  return wrong.length === 0
    ? holding
    : `${holding}, ${String(wrong.length)} not: ${wrong.map(({ sentence }) => sentence).join('; ')}`;
}

/** From the typed command to the second person's approval. */
async function refresh({ chat, journal, say }: Play, target: string, moment: Moment): Promise<string> {
  const typed = `/refresh ${target} at ${moment.at}`;
  say(`${JONAS.name}: ${typed}`);
  const startedAt = systemClock.elapsedMs();
  await chat.say(JONAS, typed);
  const runId = await newestRun(journal, target);
  const confirm = await chat.button('confirm-run', runId);
  say(`${runId}: the plan is there after ${String(Math.round(systemClock.elapsedMs() - startedAt))} ms`);
  await chat.click(JONAS, confirm, { confirm: target, reason: `Prices as of “${moment.name}”` });
  const approve = await chat.button('approve-run', runId);
  await chat.click(JONAS, approve);
  say(`${runId}: ${JONAS.name} may not approve what he asked for`);
  await chat.click(MIRA, approve);
  say(`${runId}: asked for by ${JONAS.name}, approved by ${MIRA.name}`);
  return runId;
}

/** The bot has answered the command once its run is in the journal. A card may be there later, behind cards of earlier runs. */
async function newestRun(journal: Journal, target: string): Promise<string> {
  const [run] = await journal.runs({ target, limit: 1 });
  if (run?.state !== 'draft') throw new Error(`The command has made no run for ${target}`);
  return run.runId;
}

async function isIntact(source: AuditSource, runId: string, keys: readonly VerifyingKey[]): Promise<Proof> {
  const material = await source.material(runId);
  const report = material && (await examineRun(source, material, keys));
  return {
    sentence: `${runId} is intact: its records, the run, its log, and the bot’s signature under every decision`,
    holds: report?.findings.length === 0 && !report.notes.some((note) => note.includes('signed')),
  };
}
