import type { WorkerSettings } from '../../env/settings.ts';
import { bad, doubtful, good, type Finding } from './finding.ts';

/** Whether an approval has to be more than a row of the journal. */
export function examineSigning({ REWIND_VERIFYING_KEYS: keys }: WorkerSettings): Finding {
  const subject = 'signed decisions';
  if (keys) return good(subject, `approvals are verified with ${keys.map(({ id }) => id).join(', ')}`);
  return doubtful(
    subject,
    'no key is configured, so whoever can write the journal can approve',
    'Run `rewind signing-key 2026a`: add its first line to the bot (REWIND_SIGNING_KEY=…) and its second here (REWIND_VERIFYING_KEYS=…), once no run is approved or on its way.',
  );
}

/** Whether somebody else could tell that a report is as a worker made it. */
export function examineReports(
  { REWIND_REPORT_KEY: own, REWIND_REPORT_KEYS: keys = [] }: WorkerSettings,
  isNeeded = false,
): Finding {
  const subject = 'signed reports';
  if (own === undefined)
    return (isNeeded ? bad : doubtful)(
      subject,
      isNeeded
        ? 'no key is configured, and signedReportsOnly lets no worker start without one'
        : 'no key is configured, so reports say that they are not signed',
      'Run `rewind signing-key reports-2026 --reports`: give its first line to every worker (REWIND_REPORT_KEY=…) and its second to bot, workers and readers (REWIND_REPORT_KEYS=…).',
    );
  if (!keys.some(({ id }) => id === own.id))
    return doubtful(
      subject,
      `reports are signed with ${own.id}, whose public half is not among REWIND_REPORT_KEYS here`,
      'Add it there, for the bot and for whoever reads reports as well.',
    );
  return good(subject, `reports are signed with ${own.id}${isNeeded ? ', and nothing is switched without' : ''}`);
}
