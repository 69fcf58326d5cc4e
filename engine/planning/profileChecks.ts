import type { CheckResult, Profile, ProfileLine, Sandbox } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { blocked, passed, warning } from '../prerequisites/condition.ts';
import type { RulePack } from '../sanitization/pack/rulePack.ts';
import { digestOfList, textOfList } from '../sanitization/profile/list.ts';
import { planProfile, type PlannedProfile } from '../sanitization/profile/planProfile.ts';
import { keepProfileList } from './profileLists.ts';

export interface ProfileOutlook {
  readonly lines: readonly ProfileLine[];
  /** Of the list that was kept; absent when none could be made. */
  readonly digest?: string;
  readonly checks: readonly CheckResult[];
}

/** What the profile would bring about, by the sandbox as it is now: kept as a list beside the run, which the plan is bound to. */
export async function lookAtProfile(
  parts: EngineParts,
  runId: string,
  { target, provider }: Pick<Pair, 'target' | 'provider'>,
  packs: readonly RulePack[],
): Promise<ProfileOutlook | undefined> {
  const { profile } = target;
  if (profile === undefined) return undefined;
  await using session = await provider.session(target, 'target', 'application');
  const planned = await tried(session, profile);
  const checks = [...packChecks(target, profile, packs), ...fitChecks(target, planned)];
  if (planned instanceof TerminalError || planned.obstacles.length > 0) return { lines: [], checks };
  const text = textOfList(planned.list);
  await keepProfileList(parts, runId, target, { kind: 'planned', text });
  return { lines: planned.lines, digest: digestOfList(text), checks };
}

async function tried(session: ReadSession, profile: Profile): Promise<PlannedProfile | TerminalError> {
  try {
    return await planProfile(session, profile);
  } catch (error) {
    if (error instanceof TerminalError) return error;
    throw error;
  }
}

const NAME = 'profile';

function packChecks({ title }: Sandbox, profile: Profile, packs: readonly RulePack[]): readonly CheckResult[] {
  const has = (name: string) => packs.some((pack) => pack.name === name);
  const about = `Profile of ${title}`;
  return [
    ...(has('quiet')
      ? []
      : [
          {
            ...{ name: NAME, title: `${about}: what leads outside would be production’s` },
            ...blocked(
              'declared',
              'the pack quiet is not among the packs',
              'Add quiet to packs, or take the profile out.',
            ),
          },
        ]),
    ...(profile.users === undefined || has('personal-data')
      ? []
      : [
          {
            ...{ name: NAME, title: `${about}: nobody but Admin is enabled` },
            ...warning(
              'declared',
              'the pack personal-data is not among the packs, so people’s data stays in the copy',
              'Add personal-data to packs, or enable users by hand once the data is clean.',
            ),
          },
        ]),
  ];
}

function fitChecks({ title }: Sandbox, planned: PlannedProfile | TerminalError): readonly CheckResult[] {
  const obstacles = planned instanceof TerminalError ? [planned.message] : planned.obstacles;
  if (obstacles.length > 0)
    return [
      {
        ...{ name: NAME, title: `Profile of ${title} does not fit the sandbox` },
        ...blocked('measured', obstacles.join('; '), 'Correct profile: in environments.yaml, then plan again.'),
      },
    ];
  return [
    {
      ...{ name: NAME, title: `Profile of ${title} fits the sandbox` },
      ...passed('measured', 'tables, columns and keys are there; number sequences follow the source'),
    },
  ];
}
