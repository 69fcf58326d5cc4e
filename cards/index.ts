/** Table of contents of the room: data in, Adaptive Card JSON out. */
export type { Card } from './card.ts';
export type { Readership } from './reader.ts';
export type { Words } from './words/words.ts';
export { INPUTS, isConfirmed, VERBS, type Verb } from './verbs.ts';

export { runCard } from './run/runCard.ts';
export { withNextNote } from './run/nextNote.ts';
export { withSandboxNotes } from './run/sandboxNotes.ts';
export { replacedCard } from './run/movedOnCard.ts';
export { stopQuestionCard } from './run/stopQuestionCard.ts';
export { signOffCard } from './run/signOffCard.ts';
export type { Mention, RunContext } from './run/runContext.ts';
export { viewPlanCard } from './plan/planCard.ts';
export { planDataCard } from './plan/planDataCard.ts';
export { chooseCard } from './plan/chooseCard.ts';
export { askWhichCard } from './plan/askWhichCard.ts';
export { helpCard } from './answers/helpCard.ts';
export { statusCard } from './answers/statusCard.ts';
export { historyCard } from './answers/historyCard.ts';
export { whoamiCard } from './answers/whoamiCard.ts';
export { welcomeCard } from './answers/welcomeCard.ts';
export { scheduleCard } from './answers/scheduleCard.ts';
export {
  scheduleFormCard,
  type EntryField,
  type EntryProblem,
  type ScheduleEntry,
} from './answers/scheduleFormCard.ts';
export { schedulePreviewCard } from './answers/schedulePreviewCard.ts';
export { schedulesCard } from './answers/schedulesCard.ts';
export { TOLD_DEEDS, type SandboxRights } from './answers/rights.ts';
export { noticeCard } from './answers/noticeCard.ts';
