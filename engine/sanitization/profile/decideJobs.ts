import type { ProfileJob } from '../../contracts.ts';
import { fold } from './accounts.ts';

export interface BatchJob {
  readonly recId: string;
  readonly caption: string;
  readonly company: string;
  readonly executingBy: string;
  /** Of its tasks, by name; one that has no name here is not known. */
  readonly classes: readonly (string | undefined)[];
}

export type WhyWithheldJob =
  | 'no-such-job'
  | 'several-such-jobs'
  | 'not-running-in-production'
  | 'sends'
  | 'class-not-known'
  | 'nobody-executes-it';

export interface JobDecision {
  readonly released: readonly { readonly n: number; readonly recId: string }[];
  /** `n`: which job of the profile, from 1. */
  readonly left: readonly { readonly n: number; readonly why: WhyWithheldJob }[];
}

export interface JobFacts {
  readonly wanted: readonly ProfileJob[];
  /** Of the copy. */
  readonly jobs: readonly BatchJob[];
  /** Record numbers of the jobs that were at work in production. */
  readonly running: ReadonlySet<string>;
  /** Ids of the copy's enabled users, folded. */
  readonly enabled: ReadonlySet<string>;
}

/**
 * What leaves the system, prints, or gives rights, by a word in the class of a task or in the caption. A list of words cannot be whole:
 * what it does not know is released only because somebody has named it.
 */
const SENDS =
  /mail|smtp|message|letter|sms|send|sent|transmi|notif|alert|event|export|import|outbound|inbound|upload|download|aif|dmf|datamanagement|recurring|integration|dual-?write|dataverse|odata|webservice|http|ftp|share ?point|einvoice|edoc|electronic|erformat|fiscal|cfdi|retailcdx|cdx|commerce|sync|publish|print|report(run|s?$)|srs|workflow|pay(ment|roll)|bank|remit|statement|security|roleassign|userrole|userinfo|copilot|telemetry|archive/i;

export const isSending = (text: string): boolean => SENDS.test(text);

/** A job is released that is named, stands there once, was at work in production, sends nothing, and whose user is enabled. */
export function decideJobs({ wanted, jobs, running, enabled }: JobFacts): JobDecision {
  const released: JobDecision['released'][number][] = [];
  const left: JobDecision['left'][number][] = [];
  for (const [index, job] of wanted.entries()) {
    const n = index + 1;
    const [own, ...others] = jobs.filter(
      (each) => fold(each.caption) === fold(job.caption) && fold(each.company) === fold(job.company),
    );
    const why = others.length > 0 ? 'several-such-jobs' : whyWithheld(job, own, running, enabled);
    if (own === undefined || why !== undefined) left.push({ n, why: why ?? 'no-such-job' });
    else if (!released.some(({ recId }) => recId === own.recId)) released.push({ n, recId: own.recId });
  }
  return { released, left };
}

function whyWithheld(
  wanted: ProfileJob,
  job: BatchJob | undefined,
  running: ReadonlySet<string>,
  enabled: ReadonlySet<string>,
): WhyWithheldJob | undefined {
  if (job === undefined) return 'no-such-job';
  const known = job.classes.filter((each) => each !== undefined);
  if (known.length < job.classes.length || known.length === 0) return 'class-not-known';
  if (!known.every((each) => fold(each) === fold(wanted.class))) return 'no-such-job';
  if ([...known, job.caption].some(isSending)) return 'sends';
  if (!running.has(job.recId)) return 'not-running-in-production';
  return enabled.has(fold(job.executingBy)) ? undefined : 'nobody-executes-it';
}
