import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { NoAnswerError } from '../bounded.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Instant } from '../contracts.ts';
import { RetryableError, TerminalError } from '../errors.ts';
import { retry } from '../retry.ts';
import type { Dialect, OpenDatabase } from './dialects/dialect.ts';
import { ConcurrentChangeError } from './errors.ts';
import { refuseOtherVersion } from './protocol.ts';
import type { JournalTables, Milliseconds } from './sql/tables.ts';

export type Reader = Kysely<JournalTables>;
export type Change = Transaction<JournalTables>;

/** How the parts of the journal reach its database. */
export interface JournalAccess {
  readonly dialect: Dialect;
  /** The present, in milliseconds, as an expression of the database. */
  nowMs(): RawBuilder<Milliseconds>;
  now(db: Reader): Promise<Instant>;
  /** Does something with the database, and says what is the matter when it cannot be reached. */
  reported<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * One statement, or several that need not be one; done again, five times at most, when it was a deadlock's victim or met
   * `subject` changed meanwhile.
   * @throws ConcurrentChangeError after that
   */
  read<Result>(query: (db: Reader) => Promise<Result>, subject?: string): Promise<Result>;
  /**
   * One transaction; done again, five times at most, when another change was faster.
   * @throws ConcurrentChangeError about `subject` after that, OtherVersionError
   */
  change<Result>(subject: string, work: (change: Change) => Promise<Result>): Promise<Result>;
}

/** Thrown when something else was met than had been read before: it is done again. */
export class ChangedMeanwhile extends Error {}

/** The journal's database does not answer, or there is no connection to it: the cause may say why. */
export class JournalUnavailableError extends RetryableError {
  override readonly code = 'journal-unavailable';

  constructor(cause: unknown) {
    const why = cause instanceof RetryableError || cause instanceof TerminalError ? cause : undefined;
    super(
      why === undefined ? 'The journal’s database does not answer' : `The journal cannot be reached: ${why.message}`,
      {
        remedy:
          why?.remedy ??
          'Try again in a moment; if that does not help, whoever looks after Rewind has to look at the database.',
        cause,
      },
    );
  }
}

const TRIES = 5;

export function createAccess({ db, dialect }: OpenDatabase, clock?: Clock): JournalAccess {
  const reported = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      const refusal = dialect.refusalOf(error);
      const isAway = refusal !== undefined || error instanceof NoAnswerError || dialect.isOutage(error);
      throw isAway ? new JournalUnavailableError(refusal ?? error) : error;
    }
  };

  const again = async <Result>(
    subject: string,
    work: () => Promise<Result>,
    isWorthIt: (error: unknown) => boolean,
  ): Promise<Result> => {
    try {
      return await retry(() => reported(work), { clock: systemClock, isWorthIt, tries: TRIES, pauseMs: () => 0 });
    } catch (error) {
      throw isWorthIt(error) ? new ConcurrentChangeError(subject) : error;
    }
  };

  const nowMs = () => (clock ? sql<Milliseconds>`cast(${Date.parse(clock.now())} as bigint)` : dialect.nowMs);

  return {
    dialect,
    nowMs,
    reported,
    async now(reader) {
      const { now } = await reader.selectNoFrom(nowMs().as('now')).executeTakeFirstOrThrow();
      return new Date(Number(now)).toISOString();
    },
    read: (query, subject = 'The journal') =>
      again(
        subject,
        () => query(db),
        (error) => error instanceof ChangedMeanwhile || dialect.isDeadlock(error),
      ),
    change: (subject, work) =>
      again(
        subject,
        () =>
          db
            .transaction()
            .setIsolationLevel('read committed')
            .execute(async (change) => {
              await refuseOtherVersion(change);
              return work(change);
            }),
        (error) => error instanceof ChangedMeanwhile || dialect.isConflict(error),
      ),
  };
}

/** Text as every database can keep it: PostgreSQL refuses the character 0, and half a surrogate pair has no encoding. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
