import type { CheckResult, Retirement } from '../contracts.ts';
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
