import { REWIND, type Installation, type NotAnnounced, type Webhook } from '../../engine/contracts.ts';
import type { Clock } from '../../engine/clock.ts';
import { describeError } from '../../engine/errors.ts';
import { later } from '../../engine/journal/desk.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { Delivery, WebhookOutbox } from '../../engine/journal/webhooks.ts';
import type { Log } from '../../env/log.ts';
import { HEARD, toTell } from './happenings.ts';
import { postWebhook, type PostOutcome } from './post.ts';
import { signWebhook } from './signWebhook.ts';

export interface WebhookParts {
  readonly outbox: WebhookOutbox;
  readonly journal: Pick<Journal, 'run' | 'record'>;
  readonly installation: Pick<Installation, 'sandboxes' | 'webhooks'>;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly post?: typeof postWebhook;
}

export interface Webhooks extends AsyncDisposable {
  /** Looks once, and sends once what is due. */
  round(): Promise<void>;
  start(): void;
}

const LOOK_EVERY_MS = 2_000;
const PAUSES_MS = [5, 30, 120, 300, 1_800, 7_200, 18_000].map((seconds) => seconds * 1000);

/** Tells the receivers of the file what happens to their sandboxes: rows first, sent by these alone, until they are taken or are past. */
export function createWebhooks(parts: WebhookParts): Webhooks {
  const { outbox, journal, installation, clock, log, random, post = postWebhook } = parts;
  const ending = new AbortController();
  let running: Promise<void> | undefined;

  const look = async (hook: Webhook): Promise<void> => {
    const { found, until } = await outbox.happened(hook.name, HEARD);
    const deliveries: Omit<Delivery, 'tries'>[] = [];
    for (const happening of found) {
      const run = await journal.run(happening.runId);
      const sandbox = installation.sandboxes.find(({ name }) => name === run?.target);
      if (!run || !sandbox || hook.sandboxes?.includes(sandbox.name) === false) continue;
      const told = toTell(happening, run, sandbox);
      if (!told || told.until < clock.now() || !hook.events.includes(told.what)) continue;
      // No full stop: that parts the signed text.
      const id = `${hook.name}_${run.runId}_${String(happening.seq)}`;
      deliveries.push({ id, hook: hook.name, runId: run.runId, ...told, dueAt: happening.at });
    }
    await outbox.add(hook.name, until, deliveries);
  };

  const giveUp = async (delivery: Delivery, why: NotAnnounced, status?: number): Promise<void> => {
    const { id, runId, what, hook } = delivery;
    log.warn('webhook-given-up', { runId, hook, what, why, status, tries: delivery.tries + 1 });
    // A record first: what is neither noted nor tried again would be lost without a word.
    await journal.record(
      runId,
      { kind: 'announced', what, by: hook, why, ...(status === undefined ? {} : { status }) },
      { actor: REWIND },
    );
    await outbox.tried(id, 'over');
  };

  const attempt = async (hook: Webhook, { id, body }: Delivery): Promise<PostOutcome> => {
    if (hook.secret === '') return { taken: false, why: 'no-secret' };
    return post(new URL(hook.url), body, signWebhook({ secret: hook.secret, id, body }, Date.parse(clock.now())));
  };

  const deliver = async (hook: Webhook, delivery: Delivery): Promise<void> => {
    const { id, hook: name, runId, what, tries, until } = delivery;
    if (until < clock.now()) return giveUp(delivery, 'too-late');
    const outcome = await attempt(hook, delivery);
    if (outcome.taken) {
      log.info('webhook-taken', { runId, hook: name, what, tries: tries + 1 });
      return outbox.tried(id, 'over');
    }
    const pauseMs = (PAUSES_MS[tries] ?? Infinity) * (1 + random() / 10);
    const next = Math.max(pauseMs, outcome.waitMs ?? 0);
    const isOver = !Number.isFinite(next) || later(clock.now(), next) > until;
    const isHopeless = outcome.why === 'gone' || outcome.why === 'no-secret' || outcome.why === 'unsafe';
    if (isOver || isHopeless) return giveUp(delivery, outcome.why, outcome.status);
    return outbox.tried(id, { dueAt: later(clock.now(), next) });
  };

  /** One after the other, so that a receiver hears in order. */
  const tell = async (hook: Webhook): Promise<void> => {
    await look(hook);
    for (const delivery of await outbox.due(hook.name, clock.now())) {
      if (ending.signal.aborted) return;
      await deliver(hook, delivery);
    }
  };

  /** Each receiver on its own: a slow one holds up no other, and neither does one that something is wrong with. */
  const telling = new Map<string, Promise<void>>();
  let listed: string | undefined;
  const begin = async (): Promise<void> => {
    const { webhooks = [] } = installation;
    const names = webhooks.map(({ name }) => name);
    // Taken out of the file: nobody waits for it, and whoever comes back hears nothing of before.
    if (listed !== names.join(' ')) await outbox.keepOnly(names);
    listed = names.join(' ');
    for (const hook of webhooks.filter(({ name }) => !telling.has(name))) {
      const told = tell(hook)
        .catch((error: unknown) => log.error('webhooks-not-sent', { hook: hook.name, ...describeError(error) }))
        .finally(() => telling.delete(hook.name));
      telling.set(hook.name, told);
    }
  };

  return {
    async round() {
      await begin();
      await Promise.all(telling.values());
    },
    start() {
      running ??= (async () => {
        while (!ending.signal.aborted) {
          await begin().catch((error: unknown) => log.error('webhooks-not-sent', { ...describeError(error) }));
          await clock.sleep(LOOK_EVERY_MS, ending.signal).catch(() => undefined);
        }
      })();
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await running;
      await Promise.all(telling.values());
    },
  };
}
