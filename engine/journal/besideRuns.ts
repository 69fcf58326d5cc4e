import type { Instant } from '../contracts.ts';

/** The part of the journal that keeps the reports of runs; which of them counts, the run's document and records say. */
export interface JournalReports {
  /** Safe to repeat: a report is kept under the hash of its text. */
  keepReport(runId: string, report: { readonly sha256: string; readonly text: string }): Promise<void>;
  report(runId: string, sha256: string): Promise<string | undefined>;
}

/**
 * `planned`: what the plan of a run gives back of the sandbox; `operators`: what became of it; `written`: by which keys the rows are found
 * that stand otherwise than the packs leave them; `before`: what stood in the columns of those rows, for an attempt that writes something else;
 * `kept`: what packs keep of the sandbox, with or without a profile, as the plan has seen it.
 */
export type ProfileListKind = 'planned' | 'operators' | 'written' | 'before' | 'kept';

/** The part of the journal that keeps lists of ids, apart from runs and records: it goes into no bundle, and ends when its time is over. */
export interface JournalProfiles {
  /** Takes the place of an earlier list of that kind. */
  keepProfileList(
    runId: string,
    list: {
      readonly kind: ProfileListKind;
      readonly text: string;
      readonly until: Instant;
      /** Behind the end of the run, a day if nothing is said. */
      readonly keptMs?: number;
    },
  ): Promise<void>;
  /** With `at`, nothing whose time is over by then. */
  profileList(runId: string, kind: ProfileListKind, at?: Instant): Promise<string | undefined>;
  /** Those whose time is over; of a run that may still go on they stay, and their time begins at its end, to within an hour. */
  dropProfileLists(at: Instant): Promise<void>;
}
