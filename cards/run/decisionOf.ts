import { mentioned } from '../mentions.ts';
import type { Md } from '../text.ts';
import type { RunContext, Subject } from './runContext.ts';
import { NONE } from './stepRows.ts';

export interface Decision {
  readonly decide: Md;
  readonly entities: readonly object[];
}

export const NO_DECISION: Decision = { decide: NONE, entities: [] };

/** After a failure: those who have to decide, by a mention, as long as there is something to decide. */
export function decisionOf({ r, run, may }: Subject, { deciders = [] }: RunContext): Decision {
  const isOpen = run.acceptedBy === undefined && (may('retry') || may('roll-back') || may('accept'));
  if (!isOpen || deciders.length === 0) return NO_DECISION;
  const { text, entities } = mentioned(deciders);
  return { decide: r.words.failure.decide(text), entities };
}
