import type { Clock } from '../../engine/clock.ts';
import { quoteName, quoteText } from '../../engine/databases/sqlServer/quote.ts';
import type { Archive } from '../company/home.ts';
import type { Administrator } from './administrator.ts';
import { databasesOf } from './names.ts';

const DATABASES = Object.values(databasesOf('prod'));

/** Backs up production as its administrators would: full, differential, and then the logs every few seconds. */
export async function startBackups(
  administrator: Administrator,
  clock: Clock,
  say: (line: string) => void,
): Promise<Archive> {
  const { backupFolder } = administrator;
  let logs = 0;
  const backUp = async (what: 'DATABASE' | 'LOG', file: string, options = '') => {
    for (const database of DATABASES) {
      const device = quoteText(`${backupFolder}${database}_${file}`);
      await administrator.run(
        'master',
        `BACKUP ${what} ${quoteName(database)} TO DISK = ${device} WITH ${options}INIT, CHECKSUM;`,
      );
    }
  };
  const backUpLogs = () => {
    logs += 1;
    return backUp('LOG', `log_${String(logs).padStart(5, '0')}.trn`);
  };

  await backUp('DATABASE', 'full.bak');
  await backUp('DATABASE', 'differential.bak', 'DIFFERENTIAL, ');
  // msdb has whole seconds: a moment is reachable from the second after the one in which the backup ended.
  await clock.sleep(2100);
  say(`production is backed up in ${backupFolder}, its logs every ${String(EVERY_MS / 1000)} s from now on`);

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const ending = new AbortController();
  const working = keepBackingUp(() => inTurn(backUpLogs), clock, say, ending.signal);
  return {
    upToNow: (change) =>
      inTurn(async () => {
        // msdb has whole seconds, and before SQL Server 2022 only the next log backup proves how far one reaches.
        for (let round = 0; round < 2; round += 1) {
          await clock.sleep(1100);
          await change();
          await backUpLogs();
        }
      }),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await working;
      await last;
    },
  };
}

const EVERY_MS = 5000;

async function keepBackingUp(
  backUpLogs: () => Promise<void>,
  clock: Clock,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    await backUpLogs().catch((error: unknown) => say(`Production’s logs are not backed up: ${String(error)}`));
  }
}
