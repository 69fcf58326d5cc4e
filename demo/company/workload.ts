import { Client, Pool } from 'pg';
import type { Clock } from '../../engine/clock.ts';
import type { DatabaseRole, Instant } from '../../engine/contracts.ts';
import { environmentFingerprint, type Fingerprint } from './fingerprint.ts';
import { closeMonth, importPriceList, importWrongPriceList, workOnce, type Databases } from './transactions.ts';

/** An instant between two commits, and what both databases held then. */
export interface Moment {
  readonly name: string;
  readonly at: Instant;
  /** Of the application database. */
  readonly fingerprint: Fingerprint;
  readonly financialReporting: Fingerprint;
}

/** People at work in production: orders, postings and e-mails without a pause, and things that happen by name. */
export interface Workload extends AsyncDisposable {
  /** Transactions committed so far. */
  readonly commits: number;
  /** Records the present instant; nothing is committed for 30 ms around it. */
  moment(name: string): Promise<Moment>;
  priceListImport(): Promise<Moment>;
  monthEndClose(): Promise<Moment>;
  /** A price list in the wrong currency overwrites two fifths of all prices. The returned moment is after it. */
  mistake(): Promise<Moment>;
  /** Commits once more and waits until the WAL up to there is archived: every moment so far can then be restored. */
  archiveNow(): Promise<void>;
}

export interface WorkloadOptions {
  /** `axruntimeuser`'s, to production. */
  readonly addresses: Readonly<Record<DatabaseRole, string>>;
  /** A superuser's, to production: only such a one may switch WAL segments. */
  readonly superuserUrl: string;
  readonly clock: Clock;
  readonly commitsPerSecond?: number;
}

/** Starts working at once; ends when disposed of. */
export function startWorkload({ addresses, superuserUrl, clock, commitsPerSecond = 30 }: WorkloadOptions): Workload {
  const open = (role: DatabaseRole) => {
    const pool = new Pool({ connectionString: addresses[role], max: 2 });
    // A lost connection shows up in the next query; without a listener it would end the process.
    pool.on('error', () => undefined);
    return pool;
  };
  const databases: Databases = { application: open('application'), financialReporting: open('financialReporting') };
  const ending = new AbortController();
  let commits = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One thing at a time: that is what makes the silence around a moment. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const commitOnce = () =>
    inTurn(async () => {
      await workOnce(databases, commits);
      commits += 1;
    });
  const after = (name: string, change?: (databases: Databases) => Promise<void>) =>
    inTurn(async () => {
      await change?.(databases);
      return recordMoment(name, databases.application, addresses);
    });

  const working = keepWorking(commitOnce, clock, 1000 / commitsPerSecond, ending.signal);
  // Reported when disposed of; meanwhile it must not count as unhandled.
  working.catch(() => undefined);

  return {
    get commits() {
      return commits;
    },
    moment: (name) => after(name),
    priceListImport: () => after('price list import', importPriceList),
    monthEndClose: () => after('month-end close', closeMonth),
    mistake: () => after('price list in the wrong currency', importWrongPriceList),
    archiveNow: async () => {
      await commitOnce();
      await archiveSegment(superuserUrl, clock);
    },
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      try {
        await working;
      } finally {
        await last;
        await Promise.all([databases.application.end(), databases.financialReporting.end()]);
      }
    },
  };
}

async function keepWorking(commitOnce: () => Promise<void>, clock: Clock, pauseMs: number, signal: AbortSignal) {
  while (!signal.aborted) {
    const startedMs = clock.elapsedMs();
    await commitOnce();
    const restMs = Math.max(1, pauseMs - (clock.elapsedMs() - startedMs));
    await clock.sleep(restMs, signal).catch((reason: unknown) => {
      if (!signal.aborted) throw reason;
    });
  }
}

/** Called in turn, so that nothing commits meanwhile. The instant is the server's: recovery compares it with the server's commits. */
async function recordMoment(
  name: string,
  application: Pool,
  addresses: Readonly<Record<DatabaseRole, string>>,
): Promise<Moment> {
  const { rows } = await application.query<{ at: Date }>(`SELECT clock_timestamp() AS at FROM pg_sleep(0.03)`);
  const fingerprint = await environmentFingerprint(addresses);
  await application.query('SELECT pg_sleep(0.03)');
  if (rows[0] === undefined) throw new Error('The server answered without a row');
  return {
    name,
    at: rows[0].at.toISOString(),
    fingerprint: fingerprint.application,
    financialReporting: fingerprint.financialReporting,
  };
}

async function archiveSegment(superuserUrl: string, clock: Clock): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const switched = await client.query<{ segment: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS segment');
    const giveUpMs = clock.elapsedMs() + 30_000;
    for (;;) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_stat_archiver WHERE left(last_archived_wal, 24) >= $1`,
        [switched.rows[0]?.segment],
      );
      if (rowCount === 1) return;
      if (clock.elapsedMs() > giveUpMs) throw new Error('Production has not archived its WAL within 30 s');
      await clock.sleep(20);
    }
  } finally {
    await client.end();
  }
}
