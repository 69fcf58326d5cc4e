import { systemClock } from '../engine/clock.ts';
import { createDesk } from '../engine/journal/desk.ts';
import { createSigner } from '../engine/journal/signatures.ts';
import { openJournal } from '../engine/journal/sql/sqlJournal.ts';
import { openLiveInstallation } from '../env/liveInstallation.ts';
import { createLog } from '../env/log.ts';
import { createScrub } from '../env/scrub.ts';
import type { CommonSettings } from '../env/settings.ts';
import { onStopSignal } from '../env/stopSignals.ts';
import { openQueueClient } from '../queue/queueClient.ts';
import { createBot } from './bot.ts';
import type { LinkKey } from './logs/logLinks.ts';
import type { Trust } from './trust/trust.ts';

export interface StartBotOptions {
  /** Handed in, so that a start script can only build the trust that it was written for. */
  readonly trust: Trust;
  readonly settings: CommonSettings;
  readonly secrets: readonly string[];
  readonly linkKeys: readonly LinkKey[];
  readonly signingKey?: Parameters<typeof createSigner>[0] | undefined;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
}

/** Builds the bot from its settings and runs it until the process is told to end. */
export async function startBot(options: StartBotOptions): Promise<void> {
  const { trust, settings, linkKeys, signingKey, host, port, publicUrl } = options;
  const scrub = createScrub([
    ...options.secrets,
    ...linkKeys.map(({ key }) => key),
    settings.REWIND_JOURNAL_URL,
    settings.REWIND_REDIS_URL,
  ]);
  const log = createLog('bot', settings.LOG_LEVEL, scrub, systemClock.elapsedMs);
  // The bot has no credential for any environment: it reads names, roles and policies alone.
  const { installation, lastUsable, version, isCurrent } = openLiveInstallation(settings.REWIND_ENVIRONMENTS, log);
  const journal = openJournal({ url: settings.REWIND_JOURNAL_URL });
  await journal.migrate();
  const door = openQueueClient({
    redis: settings.REWIND_REDIS_URL,
    prefix: settings.REWIND_QUEUE_PREFIX,
    targets: installation.sandboxes.map((sandbox) => sandbox.name),
    log,
  });
  const desk = createDesk({
    journal,
    installation,
    wake: door.wake,
    now: systemClock.now,
    sign: signingKey ? createSigner(signingKey) : 'unsigned',
  });
  const bot = await createBot({
    trust,
    journal,
    desk,
    installation,
    shownInstallation: lastUsable,
    watchProgress: (listener) => door.watchProgress(listener),
    clock: systemClock,
    log,
    linkKeys,
    webhooks: journal.webhooks,
    reportKeys: settings.REWIND_REPORT_KEYS,
    auditFile: settings.REWIND_AUDIT_FILE,
    host,
    port,
    publicUrl,
    health: () => ({ environments: version(), isCurrent: isCurrent() }),
  });
  log.info('bot-ready', { url: bot.url, environments: version() });

  onStopSignal((signal) => {
    log.info('bot-stopping', { signal });
    void bot
      .close()
      .then(() => door.close())
      .then(() => journal[Symbol.asyncDispose]())
      .then(() => process.exit(0));
  });
}
