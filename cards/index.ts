/** Table of contents of the room: data in, Adaptive Card JSON out. */
export type { Card } from './card.ts';
export type { Readership } from './reader.ts';
export type { Words } from './words/words.ts';
export { INPUTS, isConfirmed, VERBS, type Verb } from './verbs.ts';

export { runCard } from './runCard.ts';
export type { Mention, RunContext } from './runContext.ts';
export { viewPlanCard } from './planCard.ts';
export { chooseCard } from './chooseCard.ts';
export { askWhichCard } from './askWhichCard.ts';
export { helpCard } from './helpCard.ts';
export { statusCard } from './statusCard.ts';
export { historyCard } from './historyCard.ts';
export { noticeCard } from './noticeCard.ts';
