import { abortedCard } from './abortedCard.ts';
import { approvalCard } from '../plan/approvalCard.ts';
import type { Card } from '../card.ts';
import { acknowledgeButton, withSandboxNotes } from './sandboxNotes.ts';
import { cutoverCard } from './cutoverCard.ts';
import { exceptionCard } from './exceptionCard.ts';
import { failureCard } from './failureCard.ts';
import { momentMissingCard } from '../plan/momentMissingCard.ts';
import { movedOnCard } from './movedOnCard.ts';
import { planCard } from '../plan/planCard.ts';
import { planningCard } from '../plan/planningCard.ts';
import { planRefusedCard } from '../plan/planRefusedCard.ts';
import { progressCard } from './progressCard.ts';
import { rolledBackCard, rollbackFailedCard, rollingBackCard } from './rollbackCards.ts';
import { subjectOf, type RunContext } from './runContext.ts';
import { successCard } from './successCard.ts';
import { waitingCard } from './waitingCard.ts';

/** The card of this kind for the run as it stands: total over (kind × state), so that any message can be brought up to date. */
export function runCard(context: RunContext): Card {
  const { run, kind, hold } = context;
  const { r, may } = subjectOf(context);
  const urgentActions = kind === 'outcome' && may('acknowledge') ? [acknowledgeButton(r, run)] : [];
  return withSandboxNotes(cardOf(context), {
    ...{ ...context, urgentActions },
    ...{ freeze: hold?.freeze, reservation: hold?.reservation },
  });
}

function cardOf(context: RunContext): Card {
  switch (context.kind) {
    case 'run':
      return movingCard(context);
    case 'approval':
      return context.run.plan && context.run.state !== 'draft'
        ? approvalCard(context, context.run.plan)
        : movedOnCard(context);
    case 'exception':
      return exceptionCard(context);
    case 'cutover':
      return cutoverCard(context);
    case 'outcome':
      return outcomeCard(context);
  }
}

/** One message for the whole run: planning, plan, waiting, steps, and the steps again at the end. */
function movingCard(context: RunContext): Card {
  const { run } = context;
  switch (run.state) {
    case 'draft':
      return draftCard(context);
    case 'awaiting-approval':
      return waitingCard(context);
    case 'aborted':
      return run.startedAt ? progressCard(context) : abortedCard(context);
    case 'failed':
      return run.failure?.step === 'plan' ? planRefusedCard(context, run.failure) : progressCard(context);
    default:
      return progressCard(context);
  }
}

function draftCard(context: RunContext): Card {
  const { run } = context;
  if (run.isPlanning) return planningCard(context);
  if (run.failure) return planRefusedCard(context, run.failure);
  if (!run.plan) return momentMissingCard(context);
  const isBlocked = run.plan.checks.some(({ outcome }) => outcome === 'blocked');
  return isBlocked ? planRefusedCard(context) : planCard(context, run.plan);
}

function outcomeCard(context: RunContext): Card {
  const { run } = context;
  switch (run.state) {
    case 'completed':
    case 'signed-off':
      return successCard(context);
    case 'failed':
      return run.failure ? failureCard(context, run.failure) : movedOnCard(context);
    case 'rollback-in-progress':
      return rollingBackCard(context);
    case 'rolled-back':
      return rolledBackCard(context);
    case 'rollback-failed':
      return run.failure ? rollbackFailedCard(context, run.failure) : movedOnCard(context);
    case 'aborted':
      return abortedCard(context);
    default:
      return movedOnCard(context);
  }
}
