import type { Action } from './action.ts';
import { acceptRun } from './acceptRun.ts';
import { approveRun } from './approveRun.ts';
import { changeMoment } from './changeMoment.ts';
import { confirmRun } from './confirmRun.ts';
import { keepTarget } from './keepTarget.ts';
import { planAgain } from './planAgain.ts';
import { previewPlan } from './previewPlan.ts';
import { previewPlanAt } from './previewPlanAt.ts';
import { refreshTarget } from './refreshTarget.ts';
import { rejectRun } from './rejectRun.ts';
import { retryRun } from './retryRun.ts';
import { rollBackRun } from './rollBackRun.ts';
import { showHistory } from './showHistory.ts';
import { showStatus } from './showStatus.ts';
import { signOffRun } from './signOffRun.ts';
import { stopRun } from './stopRun.ts';
import { switchNow } from './switchNow.ts';
import { tickItem } from './tickItem.ts';
import { viewPlan } from './viewPlan.ts';
import { viewRun } from './viewRun.ts';

/** Every button there is, in the order of a run's life. */
export const ACTIONS: readonly Action[] = [
  refreshTarget,
  previewPlan,
  previewPlanAt,
  changeMoment,
  planAgain,
  keepTarget,
  confirmRun,
  viewPlan,
  approveRun,
  rejectRun,
  viewRun,
  switchNow,
  stopRun,
  retryRun,
  rollBackRun,
  acceptRun,
  tickItem,
  signOffRun,
  showStatus,
  showHistory,
];
