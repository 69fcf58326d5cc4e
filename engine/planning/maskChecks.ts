import type { CheckResult, Sandbox } from '../contracts.ts';
import { blocked, passed } from '../prerequisites/condition.ts';
import { stableMasksProblem, type StableMasks } from '../sanitization/masks/stableMasks.ts';

/** Masks that are to stay the same need the secret that they were made with: looked at before anything is restored. */
export function maskChecks(
  target: Pick<Sandbox, 'name' | 'masks'>,
  stable: StableMasks | undefined,
): readonly CheckResult[] {
  if (target.masks?.stable !== true) return [];
  const problem = stableMasksProblem(target, stable);
  const verdict =
    problem === undefined
      ? passed('declared', 'Whoever has the secret of the masks can try out who a made-up person was')
      : blocked('measured', problem.message, problem.remedy);
  const title =
    problem === undefined ? 'Masks are the same in every refresh' : 'Masks cannot be the same in every refresh';
  return [{ name: 'masks-stable', title, ...verdict }];
}
