import { runCard } from '../../cards/index.ts';
import { describeRun } from '../../cli/describeRun.ts';
import { explain } from '../../cli/explain.ts';
import { createEngine } from '../../engine/engine.ts';
import { describeError } from '../../engine/errors.ts';
import { createScrub } from '../../env/scrub.ts';
import { createLog } from '../../env/log.ts';
import { lastWordsOn } from '../../env/lastWords.ts';
import { doorLog } from '../../bot/doorLog.ts';
import { writeLog } from '../../bot/logs/writeLog.ts';
import { contextOf } from '../cards/samples.ts';
import { withWriter } from '../engine/doubles/withWriter.ts';
import { aHouse, type House, type HouseOptions } from '../engine/house.ts';

/** Everything that a refresh tells anybody: log, journal, what goes to Redis, card, the body behind the link, the terminal. */
export async function refreshAndListen(options: HouseOptions): Promise<string> {
  const house = aHouse(options);
  const { runId } = await house.approvedRun();
  const heard = [await proceed(house, runId)];
  if ((await house.run(runId)).state === 'rollback-in-progress') heard.push(await proceed(house, runId));
  return [...heard, await tellAll(house, runId)].join('\n');
}

async function proceed({ parts, clock }: House, runId: string): Promise<string> {
  const toRedis: unknown[] = [];
  const lease = await parts.journal.acquireLease('uat', 'worker-a', 15_000);
  if (!lease) throw new Error('The target is another worker’s');
  const progress = (one: unknown) => toRedis.push(one);
  await clock.runUntil(createEngine(parts).proceed(runId, { signal: new AbortController().signal, lease, progress }));
  await parts.journal.releaseLease(lease);
  return JSON.stringify(toRedis);
}

export async function tellAll(house: House, runId: string): Promise<string> {
  const run = await house.run(runId);
  const [records, lines] = [await house.journal.records(runId), await house.journal.log(runId)];
  const cards = (['approval', 'run', 'outcome'] as const).map((kind) =>
    JSON.stringify(runCard(contextOf(run, { kind }))),
  );
  return [JSON.stringify([run, records, lines]), ...cards, describeRun(run), writeLog(run, records, lines)].join('\n');
}

/** What processes write about an error that reaches their edge: worker, bot, terminal, and whatever ends them. */
export function tellOfError(error: unknown): string {
  const written: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    const log = createLog('worker', 'info', createScrub([]), () => 0);
    log.error('job-failed', describeError(error));
    log.error('answer-not-sent', { err: error });
    doorLog(log).error({ err: error }, 'turn failed');
  } finally {
    process.stdout.write = write;
  }
  return [...written, explain(error), lastWordsOn(error)].join('\n');
}

/** A copy whose every statement fails as `fail` does. */
export const failingCopy = (fail: () => Promise<never>): NonNullable<HouseOptions['provider']> =>
  withWriter((writer) => ({
    session: async (side, database) => ({ ...(await writer.session(side, database)), execute: fail }),
  }));
