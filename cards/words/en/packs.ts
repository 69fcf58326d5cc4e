import { rich, type Md } from '../../text.ts';

/** Words on plan and success card about the rule packs: which run, and what they do not promise. */
export const packs = {
  packs: {
    title: rich`Rule packs`,
    leftOut: rich`Left out`,
    leftOutUntil: (pack: Md, until: Md, reason: Md, owner: Md) =>
      rich`**${pack}** until ${until}: ${reason} (${owner})`,
    leftOutUnsaid: (pack: Md) => rich`**${pack}**: environments.yaml does not say why`,
    notCovered: rich`Not covered`,
    /** What stays without a pack, in the order of the packs. */
    leaves: [
      ['lcs-2026', rich`What Microsoft’s refresh clears today is not all cleared.`],
      ['quiet', rich`Mail that waits, endpoints and keys are as in production.`],
      ['personal-data', rich`Names, addresses, numbers and notes of people are as in production.`],
    ] as readonly (readonly [pack: string, what: Md])[],
    customizations: rich`Columns of customizations that no pack names are as in production.`,
  },
};
