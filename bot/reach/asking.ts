import type { Actor, Installation, Run } from '../../engine/contracts.ts';
import type { House } from '../../engine/contracts/mayBeDone/index.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';
import type { Log } from '../../env/log.ts';
import type { ChatPort } from '../chat/port.ts';

export interface AskerParts {
  readonly journal: Journal;
  readonly chat: Pick<
    ChatPort,
    'conversationOf' | 'isPersonal' | 'hasMember' | 'openPersonal' | 'addressOfId' | 'withoutThread'
  >;
  readonly installation: Pick<Installation, 'people' | 'sandboxes' | 'terminalApproval'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A run that awaits an approval, or somebody who accepts what was found, as it was read for this look. */
export interface Asking {
  readonly run: Run;
  readonly house: House;
  readonly kind: 'approval' | 'exception';
  /** Whoever may still decide. */
  readonly left: readonly Actor[];
  readonly rows: readonly MessageRow[];
  /** The run’s own card, where it was asked for. */
  readonly beside: MessageRow | undefined;
}
