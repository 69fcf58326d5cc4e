import type { Sandbox } from '../contracts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { hashPacks } from '../sanitization/pack/hashPacks.ts';
import type { RulePack } from '../sanitization/pack/rulePack.ts';

/** What the hashes of a plan's binding are made of, hashed one by one under names that people know from environments.yaml. */
export function boundParts(
  { policy, commands, administrator, masks, profile }: Sandbox,
  packs: readonly RulePack[],
): Readonly<Record<string, string>> {
  const entries: readonly (readonly [string, unknown])[] = [
    ...Object.entries(policy).map(([key, value]) => [`policy.${key.replace(/Ms$/, '')}`, value] as const),
    ...Object.entries(commands).map(([key, value]) => [`commands.${key}`, value] as const),
    ['administrator', administrator],
    ...(masks === undefined ? [] : [['masks', masks] as const]),
    ...Object.entries(profile ?? {}).map(([key, value]) => [`profile.${key.replace(/Ms$/, '')}`, value] as const),
    ['the choice of packs', packs.map(({ name }) => name)],
    ...packs.map((pack) => [`pack ${pack.name}`, hashPacks([pack])] as const),
  ];
  return Object.fromEntries(entries.map(([name, value]) => [name, digestOf(value).slice(0, 16)]));
}

/** Names of what is not the same in both, or stands in one of them only. */
export function differences(
  approved: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(approved), ...Object.keys(present)]);
  return [...names].filter((name) => approved[name] !== present[name]);
}
