import type {
  CheckResult,
  CommandName,
  DatabaseRole,
  Figures,
  Instant,
  NamedFinding,
  Plan,
  Policy,
  ProfileLine,
  ReportHead,
  RuleCount,
  Run,
  Sandbox,
  Source,
  StepName,
} from '../contracts.ts';
import type { Action, Provider, ReadSession, Session, Side } from '../environments/provider.ts';
import type { Observation } from '../environments/observation.ts';
import type { MaskKey } from '../sanitization/masks/maskKey.ts';
import type { Verdict } from './exceptions/judge.ts';
import type { Found } from './runReport.ts';
import type { Baseline } from '../sanitization/coverage/baseline.ts';
import type { RulePack } from '../sanitization/pack/rulePack.ts';
import type { RunEvent } from '../journal/events.ts';
import type { ProfileListKind } from '../journal/besideRuns.ts';

/** What a step may use. Everything it does is safe to repeat: a crash leads here again. */
export interface StepContext {
  /** The run as of the step's start. */
  readonly run: Run;
  readonly plan: Plan;
  readonly source: Source;
  readonly target: Sandbox;
  readonly provider: Pick<Provider, 'measure' | 'handbook' | 'guarantees'>;
  readonly packs: readonly RulePack[];
  /** @throws MaskSecretMissingError, MaskSecretChangedError where masks are to stay the same and would not */
  readonly maskKey: () => MaskKey;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  observe(): Promise<Observation>;
  act(action: Action): Promise<void>;
  /** Drops the former databases of an earlier run, as the approved plan says; nothing when they are gone already. */
  retirePrevious(runId: string): Promise<void>;
  /** Drops the kept copy of an earlier run, as the approved plan says; nothing when it is gone already. */
  dropCopyOf(runId: string): Promise<void>;
  /** To write; what is only looked at comes from `read`. */
  session(side: Side, role: DatabaseRole): Promise<Session>;
  read(side: Side, role: DatabaseRole): Promise<ReadSession>;
  checkIntegrity(depth: 'physical' | 'full'): Promise<string>;
  /**
   * Runs a command of the installation; `undefined` when none is configured. `untilItSucceeds`: services take a moment to
   * become healthy, so a check is repeated until its time is over.
   */
  command(
    name: CommandName,
    side: Side,
    options?: { readonly untilItSucceeds?: boolean; readonly variables?: Readonly<Record<string, string>> },
  ): Promise<CommandOutcome | undefined>;
  /** Whether nothing of the target may be switched at the moment. */
  isFrozen(): Promise<boolean>;
  /** What the plan was approved for, read again: names what has changed since; empty when nothing has. */
  drift(): Promise<readonly string[]>;
  /** The conditions of a refresh, measured now; `inspect` looks at the copy instead of the source. */
  checks(subject: 'source' | 'copy'): Promise<readonly CheckResult[]>;
  record(event: RunEvent): Promise<Run>;
  /**
   * Makes the report of what was proved, signs it, keeps it, and records its hash.
   * @throws ReportMissingError when something was not proved, ReportNotSignedError
   */
  makeReport(found: Found): Promise<ReportHead>;
  /** The lists of ids that the journal keeps beside the run, for as long as the profile says. */
  profileList(kind: ProfileListKind): Promise<string | undefined>;
  keepProfileList(kind: ProfileListKind, text: string): Promise<void>;
  /** @throws ReportMissingError unless the report of this very run, plan and attempt lies there, as it was made. */
  checkReport(): Promise<void>;
  /** What becomes of a copy in which a proof has found something. */
  judge(findings: readonly NamedFinding[]): Promise<Verdict>;
  /** What nobody has accepted of this copy, or not for this day and these rules. */
  notAccepted(findings: readonly NamedFinding[]): Promise<readonly NamedFinding[]>;
  /** The columns that somebody has accepted, where the file names any. */
  baseline(): Baseline | undefined;
  log(text: string): void;
  progress(percent: number | undefined, detail: string): void;
}

export interface CommandOutcome {
  readonly seconds: number;
}

export type StepOutcome =
  | {
      readonly kind: 'done';
      readonly detail: string;
      readonly figures?: Figures;
      readonly rules?: readonly RuleCount[];
      readonly profile?: readonly ProfileLine[];
    }
  /** The run waits for people, a time, or the end of a freeze; it is woken up again. */
  | {
      readonly kind: 'wait';
      readonly policy: Policy['cutover']['kind'];
      readonly at?: Instant;
      readonly isFrozen?: boolean;
    }
  /** The run waits for somebody who answers for what was found, and goes on behind this step. */
  | { readonly kind: 'ask-exception'; readonly findings: readonly NamedFinding[] };

/** What is done when a step fails, and so what is true then. */
export type FailureRule =
  'nothing-happened' | 'drop-copy' | 'keep-copy' | 'reopen-services' | 'look' | 'offer-rollback';

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly onFailure: FailureRule;
  /** A reason in words when this installation does not need the step. */
  readonly skip?: (context: Pick<StepContext, 'target'>) => string | undefined;
  readonly perform: (context: StepContext) => Promise<StepOutcome>;
}

export const done = (detail: string, figures?: Figures): StepOutcome =>
  figures ? { kind: 'done', detail, figures } : { kind: 'done', detail };
