import type { Instant, LogLine, Run, RunRecord, Schedule } from '../../contracts.ts';

/** One run as the journal's tables hold it, read at one moment. */
export interface RunMaterial {
  readonly run: Run;
  /** What the row says beside its document. */
  readonly row: {
    readonly number: number;
    readonly target: string;
    readonly state: string;
    readonly version: number;
    readonly expiresAt: Instant | undefined;
  };
  readonly records: readonly RunRecord[];
  readonly log: readonly BoundLine[];
  /** The text that lies under the hash of its report; absent where it names none, or there is none. */
  readonly report?: string | undefined;
}

/** One schedule as the journal's tables hold it, read at one moment. */
export interface ScheduleMaterial {
  /** Absent: only records are left, or none. */
  readonly schedule: Schedule | undefined;
  readonly row: { readonly state: string; readonly target: string } | undefined;
  readonly records: readonly RunRecord[];
}

/** A line of the log with the hash of the lines before it; null in lines of before there were hashes. */
export interface BoundLine extends LogLine {
  readonly seq: number;
  readonly previousHash: string | null;
}

/** What can be said of all runs without reading each. */
export interface JournalOverview {
  /** By number. */
  readonly runs: readonly {
    readonly runId: string;
    readonly number: number;
    readonly target: string;
    readonly createdAt: Instant;
  }[];
  /** The highest number that was ever given. */
  readonly lastNumber: number;
  /** Of every schedule that there is, or that records speak of; ascending. */
  readonly schedules: readonly number[];
  readonly targets: readonly {
    readonly name: string;
    readonly heldBy: string | undefined;
    readonly generation: number;
  }[];
}

/** Reads the journal for whoever examines it; changes nothing. */
export interface AuditSource {
  /** Undefined: there is no such run. */
  material(runId: string): Promise<RunMaterial | undefined>;
  overview(): Promise<JournalOverview>;
  schedule(number: number): Promise<ScheduleMaterial>;
  /** Undefined: there is no such record. */
  hashAt(runId: string, seq: number): Promise<string | undefined>;
}
