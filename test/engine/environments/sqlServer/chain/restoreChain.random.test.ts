import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeBackups } from '../../../../../engine/environments/sqlServer/chain/arrangement.ts';
import type { Arrangement } from '../../../../../engine/environments/sqlServer/chain/arrangement.ts';
import type { BackupSet } from '../../../../../engine/environments/sqlServer/chain/backupSet.ts';
import { RestoreChainRefusal } from '../../../../../engine/environments/sqlServer/chain/errors.ts';
import { findRecoveryWindows } from '../../../../../engine/environments/sqlServer/chain/recoveryWindows.ts';
import { planRestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import type { RestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { isLongRun } from '../../../../longRun.ts';
import { histories } from './aBackup.ts';
import type { Row } from './aBackup.ts';
import { makeOdd, oddities } from './oddities.ts';
import { planSlowly } from './slowPlanner.ts';
import type { SlowAnswer } from './slowPlanner.ts';
import { happenings } from './happenings.ts';
import { simulateSource } from './sourceSimulator.ts';
import type { Commit, SimulatedSource } from './sourceSimulator.ts';

const numRuns = isLongRun ? 100_000 : 1_500;
const probesPerHistory = 6;
const inTime = isLongRun ? 3_600_000 : 60_000;

const history = fc.record({
  things: happenings,
  hasValidTimes: fc.boolean(),
  hasSandbox: fc.boolean(),
  pick: fc.nat(),
  odd: oddities,
});

/** Production: what was renamed and lost the link to its former name is known by its present one. */
function productionOf(rows: readonly Row[], inOrder: readonly Row[]) {
  const known = histories(rows);
  const name = inOrder.findLast((row) => row['server_name'] !== 'SQL8')?.['database_name'];
  return known.find(({ databaseName }) => databaseName === name) ?? known[0];
}

/** Empty where every row was left out. */
function arrange(rows: readonly Row[], inOrder = rows): Arrangement {
  const production = rows.length === 0 ? undefined : productionOf(rows, inOrder);
  return arrangeBackups(production ?? { databaseName: '', formerNames: [], familyGuid: '', sets: [] });
}

function tryPlan(arrangement: Arrangement, at: number): RestoreChain | RestoreChainRefusal {
  try {
    return planRestoreChain(arrangement, { at });
  } catch (error) {
    if (error instanceof RestoreChainRefusal) return error;
    throw error;
  }
}

function probes(source: SimulatedSource, pick: number): number[] {
  return Array.from(
    { length: probesPerHistory },
    (_, index) => source.moments[(pick + index * 7919) % source.moments.length] ?? 0,
  );
}

function summarize(answer: RestoreChain | RestoreChainRefusal): SlowAnswer {
  if (answer instanceof RestoreChainRefusal)
    return { kind: answer.code === 'recovery-path-ambiguous' ? 'ambiguous' : 'none' };
  const types = answer.steps.map(({ backup }) => backup.type);
  return {
    kind: 'chain',
    base: answer.steps.filter((_, step) => types[step] !== 'log').map(({ backup }) => backup.uuid),
    logs: types.filter((type) => type === 'log').length,
    isExact: answer.effectivePoint === answer.recoveryPoint,
  };
}

/** Restores step by step as the server does, with what really is in each backup. */
function restore({ steps }: RestoreChain, source: SimulatedSource): number[] {
  let content: Commit[] = [];
  let place: { fork: string; lsn: bigint } | undefined;
  let isStopped = false;
  for (const { backup, stopAt } of steps) {
    const commits = source.contents.get(backup.uuid)?.commits ?? [];
    if (backup.type !== 'log') {
      content = [...commits];
    } else if (!isStopped) {
      if (place === undefined || !takes(place, backup)) throw new Error(`the server refuses ${backup.uuid}`);
      for (const commit of commits) {
        // Redo begins where the database stands.
        if (content.includes(commit)) continue;
        if (stopAt !== null && commit.local > Date.parse(`${stopAt}Z`)) isStopped = true;
        if (!isStopped) content.push(commit);
      }
    }
    place = { fork: backup.lastFork, lsn: backup.lastLsn };
  }
  return content.map(({ id }) => id);
}

function takes(place: { fork: string; lsn: bigint }, log: BackupSet): boolean {
  const isOnPath =
    place.fork === log.lastFork || (place.fork === log.firstFork && place.lsn <= (log.forkPointLsn ?? -1n));
  return isOnPath && log.firstLsn <= place.lsn && place.lsn < log.lastLsn;
}

test(
  `the planner › answers as a slow one that tries everything (${String(numRuns)} random histories)`,
  { timeout: inTime },
  () => {
    const counts = { chain: 0, ambiguous: 0, none: 0 };
    fc.assert(
      fc.property(history, ({ things, hasValidTimes, hasSandbox, pick, odd }) => {
        const healthy = simulateSource(things, { hasValidTimes, hasSandbox });
        fc.pre(healthy.rows.length > 0);
        const source = makeOdd(healthy, odd);
        const arrangement = arrange(source.rows);
        const backwards = arrange(source.rows.toReversed(), source.rows);
        for (const at of probes(source, pick)) {
          expect(summarize(tryPlan(backwards, at))).toEqual(summarize(tryPlan(arrangement, at)));
          const slow = planSlowly(arrangement.history.sets, at);
          counts[slow.kind] += 1;
          expect(summarize(tryPlan(arrangement, at))).toEqual(slow);
        }
      }),
      { numRuns },
    );
    expect(counts.chain).toBeGreaterThan(numRuns);
    expect(counts.none).toBeGreaterThan(numRuns);
    expect(counts.ambiguous).toBeGreaterThan(0);
  },
);

test(
  `a copy › is production as it stood at the moment (${String(numRuns)} random histories)`,
  { timeout: inTime },
  () => {
    let compared = 0;
    fc.assert(
      fc.property(history, ({ things, hasValidTimes, pick, odd }) => {
        const healthy = simulateSource(things, { hasValidTimes });
        fc.pre(healthy.rows.length > 0);
        const source = makeOdd(healthy, odd);
        const arrangement = arrange(source.rows);
        for (const at of probes(source, pick)) {
          const chain = tryPlan(arrangement, at);
          if (chain instanceof RestoreChainRefusal) continue;
          const copy = restore(chain, source);
          const isHedged = chain.warnings.some(
            ({ code }) =>
              code === 'earlier-than-asked' || code === 'recovery-path-changed' || code === 'replica-may-lag',
          );
          if (isHedged || chain.steps.at(-1)?.backup.type !== 'log') continue;
          compared += 1;
          const twin = source.twinTruthAt?.(at);
          const isTwin = twin !== undefined && twin.join() === copy.join();
          expect(copy).toEqual(isTwin ? twin : source.truthAt(at));
        }
      }),
      { numRuns },
    );
    expect(compared).toBeGreaterThan(numRuns);
  },
);

test(
  `a recovery window › holds exactly the reachable moments (${String(numRuns)} random histories)`,
  { timeout: inTime },
  () => {
    fc.assert(
      fc.property(history, ({ things, hasValidTimes, hasSandbox, pick, odd }) => {
        const healthy = simulateSource(things, { hasValidTimes, hasSandbox });
        fc.pre(healthy.rows.length > 0);
        const source = makeOdd(healthy, odd);
        const arrangement = arrange(source.rows);
        const windows = findRecoveryWindows(arrangement);
        const edges = windows.flatMap(({ from, to }) => [from - 1, from, to, to + 1]);
        for (const at of [...probes(source, pick), ...edges]) {
          const answer = tryPlan(arrangement, at);
          const isReachable = !(answer instanceof RestoreChainRefusal) && answer.effectivePoint === at;
          expect({ at, isInside: windows.some(({ from, to }) => from <= at && at <= to) }).toEqual({
            at,
            isInside: isReachable,
          });
          if (!(answer instanceof RestoreChainRefusal)) continue;
          for (const nearest of answer.nearest) {
            expect(tryPlan(arrangement, Date.parse(nearest))).not.toBeInstanceOf(RestoreChainRefusal);
          }
        }
      }),
      { numRuns },
    );
  },
);
