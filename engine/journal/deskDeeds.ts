import { type Instant, type Person, type Run, type Sandbox } from '../contracts.ts';
import { type House } from '../contracts/mayBeDone/index.ts';
import { type ScheduleDesk } from './schedules/scheduleDesk.ts';

/** Everything a person can ask for, authorised and recorded the same way whether it comes from Teams or a terminal. */
export interface Desk extends ScheduleDesk {
  /**
   * `former`: the run that is planned again; whoever shaped it has shaped this one. `from`: one of the target's sources, the
   * first when nobody says.
   */
  draft(
    person: Person,
    target: string,
    zone: string,
    former?: Run,
    from?: string,
    more?: Pick<Run, 'isUrgent' | 'pressed'>,
  ): Promise<Run>;
  chooseMoment(person: Person, runId: string, at: Instant): Promise<Run>;
  confirm(person: Person, runId: string, digest: string, reason: string): Promise<Run>;
  /** Lets a confirmed run go on that nobody has to approve; any other one stays as it is. Safe to repeat. */
  goAhead(run: Run): Promise<Run>;
  /** “Cancel”: the draft is over. */
  keep(person: Person, runId: string): Promise<Run>;
  /** Where two approve, the first leaves the run as it is, and the second starts it. */
  approve(person: Person, runId: string, digest: string, comment?: string): Promise<Run>;
  /** “Stop it” before an urgent refresh starts. */
  halt(person: Person, runId: string): Promise<Run>;
  acknowledge(person: Person, runId: string): Promise<Run>;
  reject(person: Person, runId: string, reason: string): Promise<Run>;
  stop(person: Person, runId: string): Promise<Run>;
  /** `digest`: of the findings that were shown; `until`: the last day, in the sandbox's zone. */
  acceptFindings(person: Person, runId: string, accepted: Acceptance): Promise<Run>;
  switchNow(person: Person, runId: string): Promise<Run>;
  retry(person: Person, runId: string): Promise<Run>;
  rollBack(person: Person, runId: string): Promise<Run>;
  /** “Take over by hand” after a failure behind the switch. */
  accept(person: Person, runId: string): Promise<Run>;
  signOff(person: Person, runId: string): Promise<Run>;
  tickItem(person: Person, runId: string, n: number): Promise<Run>;
  sandbox(target: string): Sandbox;
  /** What the file says of a run's sandbox and its people, for whoever shows what may be done. */
  house(target: string): House;
}

export interface Acceptance {
  readonly digest: string;
  readonly reason: string;
  readonly until: string;
}
