import type { Action } from './action.ts';
import { approveInAdvance } from './approveInAdvance.ts';
import { askStop } from './askStop.ts';
import { changeMoment } from './changeMoment.ts';
import { confirmRun } from './confirmRun.ts';
import { DECISIONS } from './decisions.ts';
import { releaseReservation, takeOverReservation } from './keepSandbox.ts';
import { liftFreeze } from './liftFreeze.ts';
import { planAgain } from './planAgain.ts';
import { previewPlan } from './previewPlan.ts';
import { previewPlanAt } from './previewPlanAt.ts';
import { refreshTarget } from './refreshTarget.ts';
import { SCHEDULE_ACTIONS } from './scheduleActions.ts';
import { SCHEDULE_FORM_ACTIONS } from './scheduleForm.ts';
import { showHistory } from './showHistory.ts';
import { showStatus } from './showStatus.ts';
import { viewPlan } from './viewPlan.ts';
import { viewRun } from './viewRun.ts';

/** Every button there is. */
export const ACTIONS: readonly Action[] = [
  refreshTarget,
  previewPlan,
  previewPlanAt,
  changeMoment,
  planAgain,
  confirmRun,
  viewPlan,
  viewRun,
  askStop,
  ...DECISIONS,
  approveInAdvance,
  showStatus,
  showHistory,
  liftFreeze,
  ...SCHEDULE_ACTIONS,
  ...SCHEDULE_FORM_ACTIONS,
  releaseReservation,
  takeOverReservation,
];
