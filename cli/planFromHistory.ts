import { counted } from '../engine/counted.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { arrangeBackups } from '../engine/environments/sqlServer/chain/arrangement.ts';
import { describeBackup } from '../engine/environments/sqlServer/chain/backupSet.ts';
import type { DatabaseHistory } from '../engine/environments/sqlServer/chain/backupSet.ts';
import { RestoreChainRefusal } from '../engine/environments/sqlServer/chain/errors.ts';
import { findGaps } from '../engine/environments/sqlServer/chain/gaps.ts';
import type { UnreachableGap } from '../engine/environments/sqlServer/chain/gaps.ts';
import { readBackupHistoryFile } from '../engine/environments/sqlServer/chain/history/historyFile.ts';
import { describeParallelForks } from '../engine/environments/sqlServer/chain/parallelForks.ts';
import { findRecoveryWindows } from '../engine/environments/sqlServer/chain/recoveryWindows.ts';
import type { ReachableWindow } from '../engine/environments/sqlServer/chain/recoveryWindows.ts';
import { planRestoreChain } from '../engine/environments/sqlServer/chain/restoreChain.ts';
import type { RestoreChain } from '../engine/environments/sqlServer/chain/restoreChain.ts';
import { formatInstant, formatZone, parseInstant } from '../engine/environments/sqlServer/chain/serverTime.ts';
import { shownJson, shownLines, shownText } from '../engine/shownText.ts';
import type { CommandIo } from './command.ts';
import { explain } from './explain.ts';

const planned = 0;
const refused = 1;
const unusable = 2;
/** A history of years has thousands of windows in the simple recovery model; --json has them all. */
const mostLines = 20;

interface Outcome {
  readonly chain?: RestoreChain;
  readonly refusal?: RestoreChainRefusal;
  readonly windows: readonly ReachableWindow[];
  readonly gaps: readonly UnreachableGap[];
  /** What is odd about the history. */
  readonly notes: readonly string[];
}

/** Of a file, without any server: the chain that would be restored, or why none can be. */
export async function planFromHistory(args: readonly string[], io: CommandIo, usage: string): Promise<number> {
  let asJson: boolean;
  let at: number | undefined;
  let history: DatabaseHistory;
  let notes: readonly string[];
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        history: { type: 'string' },
        at: { type: 'string' },
        database: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    asJson = values.json;
    if (values.history === undefined || values.at === undefined) throw new UnusableInput(`rewind ${usage}`);
    at = parseInstant(values.at);
    if (at === undefined)
      throw new UnusableInput(
        `--at ${shownText(values.at)}: not an instant with a zone, like 2026-11-20T18:00:00+01:00`,
      );
    const file = await readBackupHistoryFile(resolve(io.cwd, values.history));
    notes = file.notes;
    history = chooseDatabase(file.databases, values.database);
  } catch (error) {
    io.err(error instanceof UnusableInput ? shownLines(error.message).join('\n') : explain(error, usage));
    return unusable;
  }

  const arrangement = arrangeBackups(history);
  const windows = findRecoveryWindows(arrangement);
  const parallel = describeParallelForks(arrangement);
  const outcome = {
    windows,
    gaps: findGaps(arrangement, windows),
    notes: parallel === undefined ? notes : [...notes, parallel],
  };
  try {
    const chain = planRestoreChain(arrangement, { at });
    io.out(asJson ? toJson({ ...outcome, chain }) : describeChain(chain, outcome));
    return planned;
  } catch (error) {
    if (!(error instanceof RestoreChainRefusal)) throw error;
    if (asJson) io.out(toJson({ ...outcome, refusal: error }));
    else io.err([shownText(error.message), shownText(error.remedy), '', ...describeWindows(outcome)].join('\n'));
    return refused;
  }
}

/** Its message is all that there is to say. */
class UnusableInput extends Error {}

function chooseDatabase(databases: readonly DatabaseHistory[], wanted: string | undefined): DatabaseHistory {
  const asked = wanted?.toLowerCase().replace(/[{}]/g, '');
  const matching = asked === undefined ? databases : findMatching(databases, asked);
  const [only, ...others] = matching;
  if (only !== undefined && others.length === 0) return only;
  const listed = (only === undefined ? databases : matching).map(describeHistory);
  const problem =
    only === undefined
      ? `The history holds no database ${shownText(wanted ?? '')}; it holds:`
      : 'The history holds several databases; choose one with --database NAME or FAMILY:';
  throw new UnusableInput([problem, ...listed].join('\n'));
}

/** By present name or family, or else by a former name. */
function findMatching(databases: readonly DatabaseHistory[], asked: string): readonly DatabaseHistory[] {
  const present = databases.filter(
    ({ databaseName, familyGuid }) => databaseName.toLowerCase() === asked || familyGuid === asked,
  );
  if (present.length > 0) return present;
  return databases.filter(({ formerNames }) => formerNames.some((name) => name.toLowerCase() === asked));
}

function describeHistory({ databaseName, familyGuid, sets }: DatabaseHistory): string {
  const servers = [...new Set(sets.map(({ serverName }) => serverName))].toSorted().join(', ');
  const starts = sets.flatMap(({ startedLocal }) => (Number.isFinite(startedLocal) ? [startedLocal] : []));
  const days = starts.toSorted((one, other) => one - other).map((start) => formatInstant(start).slice(0, 10));
  const since = days.length === 0 ? 'undated' : `${days[0] ?? ''} to ${days.at(-1) ?? ''}`;
  return `  ${shownText(databaseName)}  family ${shownText(familyGuid)}  ${counted(sets.length, 'backup')}  ${since}  ${shownText(servers)}`;
}

function toJson({ chain, refusal, windows, gaps, notes }: Outcome): string {
  return shownJson(
    {
      chain: chain?.steps.map(({ backup }) => backup.uuid) ?? [],
      stopAt: chain?.stopAt ?? null,
      windows: windows.map(({ from, to }) => ({ from: formatInstant(from), to: formatInstant(to) })),
      refusal: refusal ? { code: refusal.code, message: refusal.message, nearest: refusal.nearest } : null,
      gaps: gaps.map(({ from, to, reason }) => ({ from: formatInstant(from), to: formatInstant(to), reason })),
      ...(chain && {
        effectivePoint: formatInstant(chain.effectivePoint),
        steps: chain.steps.map(({ backup, stopAt, isReserve }) => ({
          backup: backup.uuid,
          type: backup.type,
          devices: backup.devices,
          file: backup.position,
          stopAt,
          isReserve,
        })),
        warnings: chain.warnings,
        needs: chain.needs,
      }),
      notes,
    },
    0,
  );
}

function describeChain(chain: RestoreChain, outcome: Outcome): string {
  const { stopAt, stopAtZoneMinutes } = chain;
  const stop = stopAt === null ? 'none: every backup to its end' : `${stopAt}, ${formatZone(stopAtZoneMinutes ?? 0)}`;
  return [
    `${shownText(chain.databaseName)} as of ${formatInstant(chain.effectivePoint)}`,
    ...chain.steps.map(({ backup, stopAt: own, isReserve }, index) => {
      const without = backup.type === 'log' && stopAt !== null && own === null ? ', without STOPAT' : '';
      const reserve = isReserve ? ', in case the one before ends too early' : '';
      const lsns = `LSN ${String(backup.firstLsn)} to ${String(backup.lastLsn)}`;
      return `  ${String(index + 1).padStart(3)}. ${shownText(describeBackup(backup))}, ${lsns}${without}${reserve}`;
    }),
    `STOPAT: ${stop}`,
    ...chain.warnings.map(({ message }) => `Warning: ${shownText(message)}`),
    '',
    ...describeWindows(outcome),
  ].join('\n');
}

function describeWindows({ windows, gaps, notes }: Outcome): string[] {
  const odd = notes.map((note) => `Note: ${shownText(note)}`);
  if (windows.length === 0) return ['No moment is reachable.', ...odd];
  const hidden = Math.max(0, windows.length - mostLines);
  const lines = windows.slice(hidden).map(({ from, to }, index) => {
    const gap = gaps[hidden + index];
    return `  ${formatInstant(from)} to ${formatInstant(to)}${gap === undefined ? '' : `; then ${shownText(gap.reason)}`}`;
  });
  const more = hidden > 0 ? [`  … ${String(hidden)} earlier windows (--json lists them)`] : [];
  return ['Reachable:', ...more, ...lines, ...odd];
}
