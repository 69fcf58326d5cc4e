import type { Clock } from '../../engine/clock.ts';
import { noConnectionOf, serverOf } from '../../engine/databases/noConnection.ts';
import { inspectJournal } from '../../engine/journal/inspectJournal.ts';
import { inspectRedis } from '../../queue/inspectRedis.ts';
import { bad, doubtful, good, type Finding } from './finding.ts';

const DOUBTFUL_SKEW_S = 30;
const BAD_SKEW_S = 300;

/** The journal: there, of this version, and of the same time. */
export async function examineJournal(url: string, clock: Clock): Promise<readonly Finding[]> {
  const { pending, unknown, now, authentication } = await inspectJournal(url);
  // Read right behind the database's answer: what the journey back took is nothing beside half a minute.
  const skew = Math.round((Date.parse(now) - Date.parse(clock.now())) / 1000);
  const reachable = authentication === undefined ? 'reachable' : `reachable as ${authentication}`;
  return [
    unknown.length > 0
      ? bad(
          'journal',
          `${reachable}, has been brought up to date by a newer Rewind (${unknown.join(', ')})`,
          'Let the bot, all workers and rewind be of the same version.',
        )
      : pending.length === 0
        ? good('journal', `${reachable}, its tables are up to date`)
        : bad(
            'journal',
            `${reachable}, lacks ${pending.join(', ')}`,
            'Run `rewind migrate`, or start the bot or a worker.',
          ),
    examineSkew(skew),
  ];
}

function examineSkew(skew: number): Finding {
  const detail = `the journal’s is ${String(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead of'} this machine’s`;
  const remedy = 'Let both machines follow the same time server.';
  if (Math.abs(skew) > BAD_SKEW_S) return bad('clocks', detail, remedy);
  if (Math.abs(skew) > DOUBTFUL_SKEW_S) return doubtful('clocks', detail, remedy);
  return good('clocks', detail);
}

const OLDEST_REDIS = [6, 2] as const;

export async function examineRedis(url: string): Promise<readonly Finding[]> {
  const found = await inspectRedis(url).catch((error: unknown) => describeAbsence(error, url));
  if ('outcome' in found) return [found];
  const { version, maxmemoryPolicy, isAppendOnly } = found;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isTooOld = major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
  return [
    isTooOld
      ? bad('Redis', `reachable, version ${version}`, `Use version ${OLDEST_REDIS.join('.')} or later.`)
      : good('Redis', `reachable, version ${version}`),
    examinePolicy(maxmemoryPolicy),
    isAppendOnly
      ? good('Redis persistence', 'append-only file')
      : doubtful(
          'Redis persistence',
          'no append-only file: after a restart of Redis, workers find their jobs again within seconds from the journal',
          'Set appendonly yes.',
        ),
  ];
}

function describeAbsence(error: unknown, url: string): Finding {
  const why = noConnectionOf(error, serverOf(url, 6379));
  const meanwhile = 'While it is away, clicks are recorded and workers wait.';
  return bad(
    'Redis',
    why?.message ?? 'does not answer',
    `${why?.remedy ?? 'Start it, or correct REWIND_REDIS_URL.'} ${meanwhile}`,
  );
}

function examinePolicy(policy: string | undefined): Finding {
  const subject = 'Redis maxmemory-policy';
  if (policy === undefined) return doubtful(subject, 'not told by this server', 'Make sure that it is noeviction.');
  if (policy === 'noeviction') return good(subject, policy);
  return bad(subject, `${policy}: jobs are dropped when memory is short`, 'Set maxmemory-policy noeviction.');
}
