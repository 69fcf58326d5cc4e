import type { Installation, Progress, Run } from '../engine/contracts.ts';
import type { Clock } from '../engine/clock.ts';
import type { Desk } from '../engine/journal/deskDeeds.ts';
import type { WebhookOutbox } from '../engine/journal/webhooks.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { VerifyingKey } from '../engine/journal/signatures.ts';
import type { Log } from '../env/log.ts';
import { createRenderer } from './rendering/renderer.ts';
import { DoorAdapter } from './http/doorAdapter.ts';
import { createHttpDoor } from './http/httpDoor.ts';
import { doorLog } from './doorLog.ts';
import { createRepeats } from './actions/repeats.ts';
import { createHandlers } from './handlers.ts';
import { createLogLinks, type LinkKey } from './logs/logLinks.ts';
import { logRoute } from './logs/logRoute.ts';
import { reportRoute } from './logs/reportRoute.ts';
import { createHeadKeeper } from './notify/heads.ts';
import { createUntoldHeads } from './notify/untoldHeads.ts';
import { createNotifier } from './notify/notifier.ts';
import type { BotParts } from './parts.ts';
import { homeOf } from './reach/homeOf.ts';
import { createAsker } from './reach/asker.ts';
import { createTicker } from './schedules/ticker.ts';
import { createTeamsApplication } from './teams/application.ts';
import { createTeamsPort } from './teams/port.ts';
import type { Trust } from './trust/trust.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface BotOptions {
  /** Whom the bot believes and writes to: Teams' in production, a loopback one in the demo and in tests. */
  readonly trust: Trust;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly installation: Installation;
  /** What cards are drawn by, where it is not the same: roles that are withheld for a moment change no card. */
  readonly shownInstallation?: Installation;
  /** Live figures of running steps; what it returns ends it. */
  readonly watchProgress: (listener: (progress: Progress) => void) => () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly linkKeys: readonly LinkKey[];
  /** Public keys of reports. */
  readonly reportKeys?: readonly VerifyingKey[] | undefined;
  readonly host: string;
  readonly port: number;
  /** Address under which people reach this server; the bot's own when left out. */
  readonly publicUrl?: string;
  /** What receivers over the web are to be told; left out, nobody is. */
  readonly webhooks?: WebhookOutbox;
  /** Where the heads of ended runs are kept besides the chat. */
  readonly auditFile?: string | undefined;
  /** What `/healthz` says besides that the bot is there. */
  readonly health?: () => Readonly<Record<string, string | boolean>>;
  /** 0 ≤ n < 1. */
  readonly random?: () => number;
  /** How long the chat is waited for. */
  readonly chatTimeoutMs?: number;
}

export interface Bot extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the bot's door and brings every card up to date, until closed. */
export async function createBot(options: BotOptions): Promise<Bot> {
  const { trust, journal, desk, installation, clock, log, random = Math.random } = options;
  const adapter = new DoorAdapter(trust);
  const chat = createTeamsPort({
    adapter,
    appId: trust.botAppId,
    isTrustedServiceUrl: (url) => trust.isServiceUrlAllowed(url),
    timeoutMs: options.chatTimeoutMs,
  });
  let ownUrl = '';
  const links = createLogLinks({ keys: options.linkKeys, publicUrl: () => options.publicUrl ?? ownUrl, clock });
  const renderer = createRenderer({ installation: options.shownInstallation ?? installation, journal, links, clock });
  const draw = { card: renderer.shared, replaced: renderer.replaced };
  const keepHead = createHeadKeeper({ journal, renderer, clock, log, file: options.auditFile });
  const untoldHeads = createUntoldHeads({ journal, keepHead, clock, log });
  const asker = createAsker({ journal, chat, installation, clock, log });
  const homeOfRun = async ({ target }: Run) => {
    const sandbox = installation.sandboxes.find(({ name }) => name === target);
    return sandbox && homeOf({ journal, chat }, { house: { sandbox } });
  };
  const notifier = createNotifier({ journal, chat, draw, keepHead, asker, homeOf: homeOfRun, clock, log, random });
  const repeats = createRepeats({ journal });
  const parts: BotParts = { installation, journal, desk, chat, outbox: notifier, renderer, links, repeats, clock, log };
  const handlers = createHandlers(parts, () => notifier.nudge());
  const door = await createHttpDoor({
    trust,
    adapter,
    host: options.host,
    port: options.port,
    log: doorLog(log),
    clock,
    onTurn: createTeamsApplication(handlers),
    health: options.health,
    routes(server) {
      logRoute({ links, journal, clock })(server);
      reportRoute({ links, journal, clock, keys: options.reportKeys ?? [] })(server);
    },
  });
  ownUrl = door.url;
  const unwatch = options.watchProgress((progress) => notifier.progressed(progress));
  notifier.start();
  const ticker = createTicker(parts);
  ticker.start();
  untoldHeads.start();
  const webhooks =
    options.webhooks && createWebhooks({ outbox: options.webhooks, journal, installation, clock, log, random });
  webhooks?.start();

  const close = async () => {
    await door.close();
    await unwatch();
    await webhooks?.[Symbol.asyncDispose]();
    await untoldHeads[Symbol.asyncDispose]();
    await ticker[Symbol.asyncDispose]();
    await notifier[Symbol.asyncDispose]();
  };
  return { url: door.url, close, [Symbol.asyncDispose]: close };
}
