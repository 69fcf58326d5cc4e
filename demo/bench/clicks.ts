import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { systemClock } from '../../engine/clock.ts';
import { JONAS } from '../people.ts';
import { openClient } from '../chat/client.ts';
import type { Demo } from '../startDemo.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { openQueueClient } from '../../queue/queueClient.ts';
import { startWorker } from '../../queue/worker.ts';
import type { Log } from '../../env/log.ts';
import { awaitingWork } from './awaitingWork.ts';

/** From a click to the engine's first look at the run, milliseconds. */
export async function measureStarts(
  demo: Demo,
  parts: EngineParts,
  log: Log,
  samples: number,
): Promise<readonly number[]> {
  const prefix = `bench-${randomUUID()}`;
  const begun = new Map<string, (ms: number) => void>();
  const start = (runId: string) => {
    begun.get(runId)?.(systemClock.elapsedMs());
    return Promise.resolve('done' as const);
  };
  const none = () => Promise.resolve();
  const shared = { redis: demo.redisUrl, prefix, log, clock: systemClock };
  const worker = startWorker({
    ...shared,
    serves: ['uat'],
    engine: { plan: none, survey: none, housekeep: none, proceed: start },
    journal: parts.journal,
    workerId: 'bench',
  });
  const door = openQueueClient({ ...shared, targets: ['uat'] });
  const times: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const run = await awaitingWork(parts.journal);
    const started = new Promise<number>((resolve) => begun.set(run.runId, resolve));
    const clickedAt = systemClock.elapsedMs();
    await door.wake.proceed(run);
    times.push((await started) - clickedAt);
    await parts.journal.record(run.runId, { kind: 'stop' }, { actor: run.requestedBy });
    await parts.journal.record(run.runId, { kind: 'stopped' }, { actor: run.requestedBy });
  }
  await door.close();
  await worker.close();
  return times;
}

/** The same with nothing but BullMQ, in the same Redis. */
export async function measureBareBullmq(demo: Demo, samples: number): Promise<readonly number[]> {
  const name = `bare-${randomUUID()}`;
  const connection = new Redis(demo.redisUrl, { maxRetriesPerRequest: null });
  const begun = new Map<string, (ms: number) => void>();
  const worker = new Worker(
    name,
    (job) => {
      begun.get(String(job.id))?.(systemClock.elapsedMs());
      return Promise.resolve();
    },
    { connection },
  );
  const queue = new Queue(name, { connection });
  await worker.waitUntilReady();
  const times: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const jobId = `job-${String(i)}`;
    const started = new Promise<number>((resolve) => begun.set(jobId, resolve));
    const clickedAt = systemClock.elapsedMs();
    await queue.add('work', {}, { jobId });
    times.push((await started) - clickedAt);
  }
  await worker.close();
  await queue.close();
  connection.disconnect();
  return times;
}

/** From a typed command to the first card at the chat's own door, milliseconds. */
export async function measureReplies(demo: Demo, samples: number): Promise<readonly number[]> {
  await using client = await openClient({ botUrl: demo.botUrl, botAppId: demo.botAppId });
  const places = client.conversations.all().filter(({ isInstalled }) => isInstalled);
  const times: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const id = places[i % places.length]?.id;
    if (id === undefined) throw new Error('Rewind is in no conversation');
    const answered = new Promise<number>((resolve) => {
      const stop = client.conversations.listen((news) => {
        if (news.kind !== 'message' || news.message.conversation !== id || news.message.card === undefined) return;
        stop();
        resolve(systemClock.elapsedMs());
      });
    });
    const typedAt = systemClock.elapsedMs();
    // Somebody else each time: the bot slows down whoever asks too much at once.
    const person = { ...JONAS, aadObjectId: randomUUID() };
    const said = client.say({ person, locale: 'en-GB', timeZone: 'Europe/Berlin' }, id, '@Rewind /status');
    times.push((await answered) - typedAt);
    await said;
    // Two answers a second in one conversation: Teams takes no more of them, so the bot would wait.
    await systemClock.sleep(500 / places.length);
  }
  return times;
}
