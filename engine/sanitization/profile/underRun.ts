import type { Profile, Run } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import type { StepContext } from '../../runs/step.ts';
import { applyProfile, type AppliedProfile } from './applyProfile.ts';
import { ProfileListMissingError } from './errors.ts';
import { digestOfList, plannedList, type PlannedList } from './list.ts';
import { noteProduction, readNote } from './note.ts';
import { plannedRows, type PlannedRows } from '../target/plannedRows.ts';
import type { Written } from './part.ts';
import { rememberIn, takeBack } from './takeBack.ts';

type Context = Pick<StepContext, 'run' | 'plan' | 'target' | 'packs' | 'profileList' | 'keepProfileList'>;

type ListContext = Pick<Context, 'run' | 'plan' | 'profileList'>;

interface Approved {
  readonly profile: Profile;
  readonly list: PlannedList;
}

/** The profile with the list that the plan was approved with; nothing for a sandbox without one. @throws ProfileListMissingError */
async function approvedProfile(context: Context): Promise<Approved | undefined> {
  const { profile } = context.target;
  const digest = context.plan.binding.profile;
  if (profile === undefined || digest === undefined) return undefined;
  return { profile, list: plannedList.parse(await approvedList(context, 'planned', digest)) };
}

/**
 * The rows that packs keep of the sandbox, as the plan has seen them; nothing where the plan is older than that.
 * @throws ProfileListMissingError
 */
export async function approvedRows(context: ListContext): Promise<PlannedRows | undefined> {
  const digest = context.plan.binding.kept;
  return digest === undefined ? undefined : plannedRows.parse(await approvedList(context, 'kept', digest));
}

async function approvedList(
  { run, profileList }: ListContext,
  kind: 'planned' | 'kept',
  digest: string,
): Promise<unknown> {
  const text = await profileList(kind);
  if (text === undefined) throw new ProfileListMissingError(run.runId, 'is gone');
  if (digestOfList(text) !== digest) throw new ProfileListMissingError(run.runId, 'is not as it was approved');
  return JSON.parse(text);
}

/** In the copy as it was restored, before the first rule. */
export async function noteBeforeRules(context: Context, copy: Session): Promise<void> {
  const approved = await approvedProfile(context);
  if (approved === undefined) return;
  await noteProduction(copy, approved.profile, approved.list);
  // Whatever was written to a copy before this one is gone with it.
  await context.keepProfileList('before', '[]');
}

/** Ids of users whose own ways to sign in come back, so that these are nothing to look for in the copy. */
export async function idsThatMayReturn(context: Context): Promise<readonly string[]> {
  return (await approvedProfile(context))?.list.users.map(({ id }) => id) ?? [];
}

/**
 * What is known of production is read before anything is written, then what an earlier attempt wrote is taken back; `apply` is for behind
 * the settings that the packs keep.
 * @returns nothing for a sandbox without a profile
 */
export async function openProfile(
  context: Context,
  copy: Session,
): Promise<{ readonly apply: (living: ReadSession) => Promise<AppliedProfile> } | undefined> {
  const approved = await approvedProfile(context);
  if (approved === undefined) return undefined;
  const note = await readNote(copy, approved.profile);
  await takeBack(copy, (await context.profileList('before')) ?? '[]');
  const remember = rememberIn(copy, (text) => context.keepProfileList('before', text));
  return {
    async apply(living) {
      const isProved = isPersonalDataProved(context.run, context.packs);
      const applied = await applyProfile({ ...approved, living, copy, note, isProved, remember });
      await context.keepProfileList('operators', JSON.stringify(applied.operators));
      await context.keepProfileList('written', JSON.stringify(applied.parts.flatMap(({ written }) => written)));
      return applied;
    },
  };
}

/** By which keys the rows are found that the profile wrote, also behind the switch. */
export async function writtenByProfile({ target, profileList }: Context): Promise<readonly Written[]> {
  const text = target.profile === undefined ? undefined : await profileList('written');
  // Kept by openProfile.
  return text === undefined ? [] : (JSON.parse(text) as readonly Written[]);
}

/**
 * The question on which it hangs whether anybody but Admin is enabled: the pack is among the packs, and the proof of the whole copy has
 * found nothing. Whatever lets a run go on although something was found has to be asked here as well.
 */
export function isPersonalDataProved({ proofs = [] }: Pick<Run, 'proofs'>, packs: Context['packs']): boolean {
  const whole = proofs.filter(({ step }) => step === 'verify-sanitization').flatMap((each) => each.proofs);
  const names = new Set(whole.map(({ name }) => name));
  return (
    packs.some(({ name }) => name === 'personal-data') &&
    names.has('post-conditions') &&
    names.has('search') &&
    whole.every(({ findings }) => findings.length === 0)
  );
}
