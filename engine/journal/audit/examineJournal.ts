import type { RunRecord } from '../../contracts.ts';
import { holdOf, TRANSITIONS, type EventKind } from '../events.ts';
import type { AuditSource, JournalOverview, RunMaterial } from './material.ts';
import { range, type Finding } from './finding.ts';

const FIRST_NUMBER = 1001;

/** Numbers are given one after the other, and the highest is kept apart: what lacks was deleted. */
export function examineNumbers({ runs, lastNumber }: Pick<JournalOverview, 'runs' | 'lastNumber'>): readonly Finding[] {
  // Of a journal that nobody has used yet, nothing is kept.
  if (runs.length === 0 && lastNumber === 0) return [];
  const findings: Finding[] = [];
  let expected = FIRST_NUMBER;
  const miss = (from: number, to: number) => {
    for (let number = from; number <= to; number++)
      findings.push({
        kind: 'run-missing',
        runId: `R-${String(number)}`,
        text: 'its number was given, and the run is missing',
      });
  };
  for (const { number } of runs) {
    miss(expected, number - 1);
    expected = number + 1;
  }
  miss(expected, lastNumber);
  if (lastNumber < expected - 1)
    findings.push({
      kind: 'run-altered',
      text: `the highest number given is kept as ${String(lastNumber)}, and there is R-${range(lastNumber + 1, expected - 1)}`,
    });
  return findings;
}

/** Numbers of schedules are given one after the other as well; that the last of them lacks is seen by their records alone. */
export function examineScheduleNumbers(schedules: readonly number[]): readonly Finding[] {
  const given = Array.from({ length: schedules.at(-1) ?? 0 }, (_, n) => n + 1);
  return given
    .filter((number) => !schedules.includes(number))
    .map((number) => ({
      ...{ kind: 'run-missing', runId: `S-${String(number)}` },
      text: 'its number was given, and the schedule is missing',
    }));
}

/** What all runs of a target say of it, against what its row says. */
export function examineTargets(
  { targets }: JournalOverview,
  runs: readonly Pick<RunMaterial, 'run' | 'records'>[],
): readonly Finding[] {
  return targets.flatMap(({ name, heldBy, generation }): readonly Finding[] => {
    const own = runs.filter(({ run }) => run.target === name);
    const holder = own.find(({ run, records }) => holds(records, run.scheduled !== undefined))?.run.runId;
    const newest = Math.max(0, ...own.map(({ run }) => run.generation ?? 0));
    const said = (text: string): Finding => ({ kind: 'target-altered', text: `the row of ${name} says ${text}` });
    return [
      ...(holder === heldBy
        ? []
        : [said(`that ${heldBy ?? 'no run'} holds it, and by the records it is ${holder ?? 'none'}`)]),
      ...(newest === generation
        ? []
        : [said(`${String(generation)} switches that stand, and by its runs it is ${String(newest)}`)]),
    ];
  });
}

function holds(records: readonly RunRecord[], isScheduled: boolean): boolean {
  let isHolder = false;
  for (const { event, data } of records) {
    const hold = event in TRANSITIONS ? holdOf(event as EventKind, isScheduled) : 'keep';
    const isUntouched = new Map(Object.entries({ ...(data as object) })).get('targetState') === 'old';
    if (hold === 'take') isHolder = true;
    if (hold === 'release' || (hold === 'release-if-untouched' && isUntouched)) isHolder = false;
  }
  return isHolder;
}

/** The head of a run as it was kept outside of the journal. */
export interface Anchor {
  readonly runId: string;
  readonly seq: number;
  readonly hash: string;
}

export async function examineAnchors(
  source: Pick<AuditSource, 'hashAt'>,
  anchors: readonly Anchor[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { runId, seq, hash } of anchors) {
    const found = await source.hashAt(runId, seq);
    if (found === hash) continue;
    const text = `record ${String(seq)} ${found === undefined ? 'is missing' : 'is another one'}, by the head that was kept outside of the journal`;
    findings.push({ kind: 'anchor-broken', runId, text });
  }
  return findings;
}
