import { z } from 'zod';
import { type Action, askDesk } from './action.ts';
import { digestText, runData, shortText } from './data.ts';

/** The buttons that ask the desk for one thing, and the kind of card each stands on; an approval brings the digest of the plan that its card showed. */
export const DECISIONS: readonly Action[] = [
  askDesk(
    'approve-run',
    'approval',
    runData.extend({ digest: digestText, comment: shortText.default('') }),
    (desk, person, { runId, digest, comment }) => desk.approve(person, runId, digest, comment.trim()),
  ),
  askDesk('reject-run', 'approval', runData.extend({ why: shortText.default('') }), (desk, person, { runId, why }) =>
    desk.reject(person, runId, why.trim()),
  ),
  askDesk('halt-run', 'approval', runData, (desk, person, { runId }) => desk.halt(person, runId)),
  askDesk('acknowledge-run', 'outcome', runData, (desk, person, { runId }) => desk.acknowledge(person, runId)),
  askDesk('keep-target', 'run', runData, (desk, person, { runId }) => desk.keep(person, runId)),
  askDesk('stop-run', 'run', runData, (desk, person, { runId }) => desk.stop(person, runId)),
  askDesk(
    'accept-findings',
    'exception',
    runData.extend({ digest: digestText, reason: shortText.default(''), until: z.string().max(10).default('') }),
    (desk, person, { runId, ...accepted }) => desk.acceptFindings(person, runId, accepted),
  ),
  askDesk('switch-now', 'cutover', runData, (desk, person, { runId }) => desk.switchNow(person, runId)),
  askDesk('retry-run', 'outcome', runData, (desk, person, { runId }) => desk.retry(person, runId)),
  askDesk('roll-back-run', 'outcome', runData, (desk, person, { runId }) => desk.rollBack(person, runId)),
  askDesk('accept-run', 'outcome', runData, (desk, person, { runId }) => desk.accept(person, runId)),
  askDesk('tick-item', 'outcome', runData.extend({ n: z.int().min(0).max(1000) }), (desk, person, { runId, n }) =>
    desk.tickItem(person, runId, n),
  ),
  askDesk('sign-off-run', 'outcome', runData, (desk, person, { runId }) => desk.signOff(person, runId)),
];
