import { stableMasksFrom, stableMasksProblem } from '../../engine/sanitization/masks/stableMasks.ts';
import type { LoadedInstallation } from '../../env/environments.ts';
import type { WorkerSettings } from '../../env/settings.ts';
import { bad, doubtful, type Finding } from './finding.ts';

/** Masks that stay the same over refreshes: whether this worker can make them, and what follows from it. */
export function examineMasks(
  { REWIND_MASKS_SECRET: secret }: Pick<WorkerSettings, 'REWIND_MASKS_SECRET'>,
  { installation, serves }: Pick<LoadedInstallation, 'installation' | 'serves'>,
): readonly Finding[] {
  const stable = secret === undefined ? undefined : stableMasksFrom(secret);
  return installation.sandboxes
    .filter(({ name, masks }) => masks?.stable === true && serves.includes(name))
    .map((sandbox) => {
      const subject = `masks of ${sandbox.name}`;
      const problem = stableMasksProblem(sandbox, stable);
      if (problem === undefined)
        return doubtful(
          subject,
          'are the same in every refresh: whoever has REWIND_MASKS_SECRET can try out who a made-up person was, in every copy there has been',
          'Keep it where workers alone read it, or leave masks out: then each run has a key that nobody keeps.',
        );
      if (stable === undefined) return bad(subject, problem.message, problem.remedy);
      const written = `masks: { stable: true, fingerprint: ${stable.fingerprint} }`;
      const before =
        sandbox.masks?.fingerprint === undefined
          ? 'Write '
          : 'Give this worker the secret of before. If the masks are to change: write ';
      return bad(subject, problem.message, `${before}${written}.`);
    });
}
