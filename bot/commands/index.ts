import type { ChatCommand } from './command.ts';
import { freeze } from './freeze.ts';
import { home } from './home.ts';
import { helpOf } from './help.ts';
import { history } from './history.ts';
import { mine } from './mine.ts';
import { logs } from './logs.ts';
import { refresh } from './refresh.ts';
import { reserve } from './reserve.ts';
import { rollback } from './rollback.ts';
import { schedule } from './schedules/schedule.ts';
import { schedules } from './schedules/schedules.ts';
import { signoff } from './signoff.ts';
import { status } from './status.ts';
import { whoami } from './whoami.ts';
import { stop } from './stop.ts';
import { withdraw } from './withdraw.ts';

/** Everything that can be typed, in the order of the help card and of the menu in Teams. */
export const COMMANDS: readonly ChatCommand[] = [
  refresh,
  status,
  history,
  logs,
  rollback,
  stop,
  signoff,
  schedule,
  freeze,
  home,
  reserve,
  schedules,
  mine,
  withdraw,
  whoami,
  helpOf(() => COMMANDS),
];
