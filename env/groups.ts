import { z } from 'zod';
import type { Sandbox } from '../engine/contracts.ts';
import { exampleOf } from './examples.ts';
import type { Outline } from './outline.ts';
import type { Misplaced } from './problems.ts';

/** The lists of a sandbox that say who may what. */
const ROLE_LISTS = [
  ...(['viewers', 'requesters', 'approvers', 'operators', 'administrators'] as const),
  ...(['urgent', 'dataOwners'] as const),
];
type RoleLists = Partial<Record<(typeof ROLE_LISTS)[number], readonly string[] | undefined>>;

type Groups = Readonly<Record<string, readonly string[]>>;

const isId = (text: string): boolean => z.guid().safeParse(text).success;

/** Identities as they are, groups by whom they hold; each once. */
export const membersOf = (whom: readonly string[], groups: Groups): readonly string[] => [
  ...new Set(whom.flatMap((one) => (Object.hasOwn(groups, one) ? (groups[one] ?? []) : [one]))),
];

/** The lists that a sandbox has, with groups resolved. */
export function resolveRoles(
  sandbox: RoleLists,
  groups: Groups,
): Pick<Sandbox, 'requesters' | 'approvers'> & RoleLists {
  const resolved = ROLE_LISTS.flatMap((list) => {
    const whom = sandbox[list];
    return whom === undefined ? [] : [[list, membersOf(whom, groups)] as const];
  });
  return { requesters: [], approvers: [], ...Object.fromEntries(resolved) };
}

/** Who is neither an identity nor a group. */
export function groupProblems({ groups, sandboxes }: Outline): Misplaced[] {
  return Object.entries(sandboxes).flatMap(([name, sandbox]) =>
    ROLE_LISTS.flatMap((list) => {
      const whom = sandbox[list] ?? [];
      const isKnown = (one: string) => isId(one) || Object.hasOwn(groups, one);
      return [...whom.entries()].flatMap(([n, one]) =>
        isKnown(one)
          ? []
          : [
              {
                path: ['sandboxes', name, list, n],
                reason: 'is neither an Entra object id nor a group of this file',
                example: exampleOf(list),
              },
            ],
      );
    }),
  );
}
