import type { CheckResult, Retirement, Run } from '../contracts.ts';
import type { RestorePlan } from '../environments/provider.ts';
import { TRANSITIONS } from '../journal/events.ts';
import { isUndecided } from '../contracts/mayBeDone/index.ts';
import type { EngineParts } from '../parts.ts';
import { blocked, warning } from '../prerequisites/condition.ts';
import { describeBytes } from '../sizes.ts';

/** One line of the plan per run whose former databases have to go; blocked where they are not the plan's to give away. */
export function retirementChecks(
  { journal }: EngineParts,
  target: string,
  retires: readonly Retirement[] = [],
): Promise<readonly CheckResult[]> {
  return Promise.all(
    retires.map(async ({ runId, names, sizeBytes }): Promise<CheckResult> => {
      const about = { name: 'retires-previous', title: `Drops the former databases of ${runId}` };
      const detail = `The copy has no room beside ${names.join(' and ')} (${describeBytes(sizeBytes)})`;
      const run = await journal.run(runId);
      if (run === undefined || run.target !== target)
        return {
          ...about,
          ...blocked(
            'measured',
            `${detail}. ${runId} is no run of this target`,
            'Find out whose they are, and drop them by hand.',
          ),
        };
      const isOver = TRANSITIONS['previous-retired'].from.some((state) => state === run.state) && !isUndecided(run);
      if (!isOver)
        return {
          ...about,
          ...blocked(
            'measured',
            `${detail}. ${runId} is ${run.state}`,
            `Roll ${runId} back, or accept it, then plan again.`,
          ),
        };
      return {
        ...about,
        ...warning(
          'measured',
          `${runId} cannot be rolled back afterwards. ${detail}`,
          `Go on only if nobody wants ${runId} back.`,
        ),
      };
    }),
  );
}

/** What failed runs have left beside the target. A run's own copy is taken up by its retry. */
export const copiesToDrop = ({ runId }: Pick<Run, 'runId'>, { copies = [] }: RestorePlan): readonly Retirement[] =>
  copies.filter((copy) => copy.runId !== runId);

/** One line of the plan per kept copy that goes; blocked where it is not the plan's to drop. */
export function copyChecks(
  { journal }: EngineParts,
  target: string,
  copies: readonly Retirement[],
): Promise<readonly CheckResult[]> {
  return Promise.all(
    copies.map(async ({ runId, names, sizeBytes }): Promise<CheckResult> => {
      const about = { name: 'drops-copy', title: `Drops the kept copy of ${runId}` };
      const detail = `${names.join(' and ')} (${describeBytes(sizeBytes)})`;
      const run = await journal.run(runId);
      if (run === undefined || run.target !== target)
        return {
          ...about,
          ...blocked(
            'measured',
            `${detail}. ${runId} is no run of this target`,
            'Find out whose copy it is, and drop it by hand.',
          ),
        };
      if (!TRANSITIONS['copy-dropped'].from.some((state) => state === run.state))
        return { ...about, ...blocked('measured', `${detail}. ${runId} is ${run.state}`, `Wait for ${runId}.`) };
      return {
        ...about,
        ...warning(
          'measured',
          `${runId} cannot be retried afterwards. ${detail}`,
          `Go on only if nobody wants to retry ${runId}.`,
        ),
      };
    }),
  );
}
