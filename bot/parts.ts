import type { Installation } from '../engine/contracts.ts';
import type { Clock } from '../engine/clock.ts';
import type { Desk } from '../engine/journal/deskDeeds.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';
import type { Repeats } from './actions/repeats.ts';
import type { ChatPort } from './chat/port.ts';
import type { Outbox } from './notify/notifier.ts';
import type { Renderer } from './rendering/renderer.ts';
import type { LogLinks } from './logs/logLinks.ts';

/** What commands and actions work with. */
export interface BotParts {
  readonly installation: Installation;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly chat: ChatPort;
  readonly outbox: Outbox;
  readonly renderer: Renderer;
  readonly links: LogLinks;
  readonly repeats: Repeats;
  readonly clock: Clock;
  readonly log: Log;
}
