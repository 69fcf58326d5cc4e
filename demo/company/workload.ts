import type { Clock } from '../../engine/clock.ts';
import type { DatabaseRole, Instant } from '../../engine/contracts.ts';
import { openDatabase, type Database } from './dialects/openDatabase.ts';
import { environmentFingerprint, type Fingerprint } from './fingerprint.ts';
import type { Archive } from './home.ts';
import { joinsOf, type Joins } from './joins.ts';
import {
  closeMonth,
  createRecIds,
  importPriceList,
  importWrongPriceList,
  workOnce,
  writeReport,
  type Desk,
} from './transactions.ts';

/** An instant between two commits, and what both databases held then. */
export interface Moment {
  readonly name: string;
  readonly at: Instant;
  /** Of the application database. */
  readonly fingerprint: Fingerprint;
  readonly financialReporting: Fingerprint;
  readonly joins: Joins;
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
  /** Commits once more and waits until that is archived: every moment so far can then be restored. */
  archiveNow(): Promise<void>;
}

export interface WorkloadOptions {
  /** `axruntimeuser`'s, to production. */
  readonly addresses: Readonly<Record<DatabaseRole, string>>;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly commitsPerSecond: number;
}

/** Starts working at once; ends when disposed of. */
export function startWorkload({ addresses, archive, clock, commitsPerSecond }: WorkloadOptions): Workload {
  const databases = {
    application: openDatabase(addresses.application),
    financialReporting: openDatabase(addresses.financialReporting),
  };
  const desk: Desk = { databases, recIds: createRecIds() };
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
      await workOnce(desk, commits, clock.now());
      commits += 1;
    });
  const after = (name: string, change?: (desk: Desk) => Promise<void>) =>
    inTurn(async () => {
      await change?.(desk);
      return recordMoment(name, databases.application, addresses, clock);
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
    archiveNow: () =>
      archive.upToNow(async () => {
        await commitOnce();
        // Each database by itself shows how far its log reaches.
        await inTurn(() => writeReport(desk, commits));
      }),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      try {
        await working;
      } finally {
        await last;
        await Promise.all(Object.values(databases).map((one) => one[Symbol.asyncDispose]()));
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
  application: Database,
  addresses: Readonly<Record<DatabaseRole, string>>,
  clock: Clock,
): Promise<Moment> {
  await clock.sleep(SILENCE_MS);
  const [row] = await application.run<{ readonly at: Date }>(`SELECT ${application.dialect.now} AS "at"`);
  const fingerprint = await environmentFingerprint(addresses);
  const joins = await joinsOf(addresses.application);
  await clock.sleep(SILENCE_MS);
  if (row === undefined) throw new Error('The server answered without a row');
  return {
    name,
    at: row.at.toISOString(),
    fingerprint: fingerprint.application,
    financialReporting: fingerprint.financialReporting,
    joins,
  };
}

const SILENCE_MS = 30;
