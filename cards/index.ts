/** Table of contents of the room: data in, Adaptive Card JSON out. */
import { en } from './words/en.ts';

export type { Card } from './card.ts';
export type { Readership } from './reader.ts';
export type { Words } from './words/words.ts';
export { INPUTS, isConfirmed, VERBS, type ButtonData, type Verb } from './verbs.ts';

export { runCard } from './runCard.ts';
export type { Mention, RunContext } from './runContext.ts';
export { viewPlanCard } from './planCard.ts';
export { chooseCard, type ChooseContext } from './chooseCard.ts';
export { askWhichCard, type AskWhichContext } from './askWhichCard.ts';
export { helpCard, type HelpContext } from './helpCard.ts';
export { statusCard, type SandboxStatus, type StatusContext } from './statusCard.ts';
export { historyCard, type HistoryContext } from './historyCard.ts';
export { noticeCard, type NoticeContext } from './noticeCard.ts';

/** Plain titles of the runbook's steps, as on the cards. */
export const STEP_TITLES = en.steps;
/** One word per state, as on the cards. */
export const STATE_TITLES = en.states;
