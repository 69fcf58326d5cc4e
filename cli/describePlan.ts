import type { CheckOutcome, LoginList, Plan, ProfilePart, Run } from '../engine/contracts.ts';
import { counted } from '../engine/counted.ts';
import { shownText } from '../engine/shownText.ts';
import { describeBytes } from '../engine/sizes.ts';

const GLYPHS: Readonly<Record<CheckOutcome, string>> = { passed: '✓', warning: '!', blocked: '✗' };

/** The plan of a run in words, as its card shows it: what is replaced, by what, what was found, and the digest that an approval binds. */
export function describePlan(run: Run, plan: Plan): string {
  const { binding, replaced, checks, formers = [] } = plan;
  const size = replaced.sizeBytes === undefined ? '' : ` (${describeBytes(replaced.sizeBytes)})`;
  const open = checks.filter(({ outcome }) => outcome !== 'passed');
  return [
    `Plan of ${run.runId}, made ${plan.madeAt}`,
    `  replaces          ${shownText(binding.target)}: everything in both databases${size}`,
    `  by                ${shownText(binding.source)} as of ${shownText(binding.at.application)}`,
    `  reads             ${counted(plan.chain.length, 'backup')}${plan.restoreBytes === undefined ? '' : `, ${describeBytes(plan.restoreBytes)}`}`,
    `  time needed       ${estimateOf(plan)}`,
    `  Admin afterwards  ${shownText(plan.administrator)}`,
    `  cleared or masked ${namesOf(plan.cleared)}`,
    `  kept from target  ${namesOf(plan.keptFromTarget)}`,
    ...profileOf(plan),
    `  way back          the former databases are kept ${String(Math.round(plan.keepPreviousMs / 3_600_000))} h after the switch`,
    ...(binding.earlier ?? []).map(
      ({ runId, until }) =>
        `  earlier way back  of ${runId} (promised until ${until}): then open only after this run is rolled back; its former database stays until ${until}`,
    ),
    ...(formers.length > 0
      ? [`  formers today     ${formers.map((one) => `${one.runId} ${describeBytes(one.sizeBytes)}`).join('; ')}`]
      : []),
    ...accessOf(plan),
    ...promisesOf(plan),
    `  checks            ${String(checks.length - open.length)} passed, ${String(open.length)} to read`,
    ...open.map(
      ({ outcome, title, detail, basis }) =>
        `    ${GLYPHS[outcome]} ${shownText(title)} (${basis}): ${shownText(detail)}`,
    ),
    `  digest            ${shownText(plan.digest)}`,
  ].join('\n');
}

/** What is counted, and what is said of it. */
const PARTS: Readonly<Record<ProfilePart, readonly [one: string, said?: string]>> = {
  users: ['user', ' enabled again, at most'],
  roles: ['role', ' of its own, at most'],
  jobs: ['batch job', ' released, at most'],
  clients: ['registered application'],
  endpoints: ['event endpoint'],
  settings: ['row', ' of settings by key'],
  features: ['feature', ' as in the sandbox'],
  values: ['value', ' of its own'],
  theme: ['theme', ' of its own'],
  banner: ['company picture'],
};

/** How the sandbox comes up; nothing in a plan without a profile. */
function profileOf({ profile }: Plan): readonly string[] {
  if (profile === undefined) return [];
  const parts = profile.map(({ part, done, left }) => {
    const not = left === 0 ? '' : ` (${String(left)} not)`;
    const [one, said = ''] = PARTS[part];
    return `${counted(done, one)}${said}${not}`;
  });
  return [`  profile           ${[...parts, 'number sequences follow the source'].join('; ')}`];
}

function estimateOf({ estimate }: Plan): string {
  if (estimate.kind === 'unknown') return 'unknown: no earlier refresh of this target';
  const from = Math.floor(estimate.fromSeconds / 60);
  const range = `${String(from)}–${String(Math.max(from + 1, Math.ceil(estimate.toSeconds / 60)))} min`;
  if (estimate.kind === 'known') return `${range}, from ${counted(estimate.runs, 'earlier run')}`;
  const basis =
    estimate.basis === 'backups'
      ? 'a guess from how long the backups took'
      : `from ${counted(estimate.runs ?? 0, 'restore')} of other sandboxes by size`;
  return `restore ${range}, ${basis}; the rest is not known before the first run`;
}

/** How many approve, where it is not one; and who reads the copy beside the application. */
function accessOf({ binding, notClean, reachers }: Plan): readonly string[] {
  const { approvals, cleanReport, urgentDelayMs } = binding;
  const said =
    urgentDelayMs !== undefined
      ? `urgent: nobody; it starts ${String(Math.round(urgentDelayMs / 60_000))} min after it is confirmed, unless somebody stops it`
      : approvals === 2
        ? 'two people'
        : approvals === 0
          ? `nobody has to: the report of ${shownText(cleanReport?.runId ?? '')} was clean`
          : notClean && `one person, though the policy would let nobody (${notClean})`;
  return [
    ...(said ? [`  approval          ${said}`] : []),
    ...(reachers
      ? [
          `  read it as well   administrators of the server: ${loginsOf(reachers.administrators)}; owners of its databases: ${loginsOf(reachers.owners)}${reachers.isComplete ? '' : ' (not all of them are seen)'}`,
        ]
      : []),
  ];
}

function loginsOf({ names, count }: LoginList): string {
  if (count === 0) return 'nobody';
  const more = count > names.length ? `, ${String(count - names.length)} more` : '';
  return `${names.map((name) => shownText(name)).join(', ')}${more}`;
}

const PROMISES = {
  atomic: 'the switch is one act, old or new whatever interrupts it',
  repairable: 'a switch is finished or undone before the target opens',
  'per-statement': 'the server takes no further statement of a worker that was lost',
  'per-operation': 'what a worker that was lost had begun is ended before another goes on',
} as const;

/** What the platform promises; nothing in a plan of a version that did not say. */
function promisesOf({ guarantees }: Plan): readonly string[] {
  if (guarantees === undefined) return [];
  const { swap, fence, canStopRestore, progress } = guarantees;
  return [
    `  if interrupted    ${PROMISES[swap]}; ${PROMISES[fence]}`,
    `  restore           ${canStopRestore ? 'can be stopped' : 'cannot be stopped once it has begun'}, reports ${progress}`,
  ];
}

const namesOf = (elements: Plan['cleared']): string =>
  elements.map(({ title }) => shownText(title)).join('; ') || 'nothing';
