import type { Command, PlanBinding, Policy, Sandbox } from '../contracts.ts';
import { digestOf } from '../journal/canonicalJson.ts';

/**
 * Which members of the policy and the commands a digest covers. An approved run keeps the version it was approved by, so that
 * it is the same plan after an update of Rewind; new plans take the newest. Before version 2 a binding names none.
 * Version 3 also binds which ways back stay promised behind the run.
 */
export const DIGEST_VERSION = 3;

/** Covered; or, of a member younger than the version, covered unless it has the value of a file that does not name it. */
type Rule = 'covered' | { readonly unless: unknown };

/**
 * Versions 1 and 2. What is younger gets a line with `unless`: nobody who approved by those has seen another value than that, so
 * any other is a change of the plan.
 */
const POLICY_1: Readonly<Record<keyof Policy, Rule>> = {
  cutover: 'covered',
  cutoverWarningMs: 'covered',
  synchronize: 'covered',
  rollbackOnFailure: 'covered',
  integrityCheck: 'covered',
  keepPreviousMs: 'covered',
  keepFailedCopyMs: 'covered',
  draftExpiresMs: 'covered',
  approvalExpiresMs: 'covered',
  forProductionReporting: 'covered',
  earlierWayBack: { unless: 'keep' },
  approvals: { unless: 'one' },
  urgentDelayMs: { unless: 'none' },
};
const COMMAND_1: Readonly<Record<keyof Command, Rule>> = {
  command: 'covered',
  args: 'covered',
  timeoutMs: 'covered',
  databaseUrl: { unless: false },
};

/** SHA-256 of what the sandbox's part of environments.yaml says about how it is refreshed. */
export function policyHashOf({ policy, commands, administrator, masks, profile }: Sandbox, version = 1): string {
  // Left out where nothing is said, so that digests of older plans stay what they are.
  const said = { ...(masks === undefined ? {} : { masks }), ...(profile === undefined ? {} : { profile }) };
  if (version >= 3) return digestOf({ policy, commands, administrator, ...said });
  const known = Object.entries(commands).map(([name, command]) => [name, covered(COMMAND_1, command)] as const);
  return digestOf({
    policy: covered(POLICY_1, policy),
    commands: version >= 2 ? commands : Object.fromEntries(known),
    ...{ administrator, ...said },
  });
}

/** What an approval is given for. */
export const digestOfBinding = (binding: PlanBinding): string => digestOf(binding);

function covered(rules: Readonly<Record<string, Rule>>, value: object): object {
  const isCovered = ([name, member]: readonly [string, unknown]) => {
    const rule = rules[name] ?? 'covered';
    return rule === 'covered' || digestOf(rule.unless) !== digestOf(member);
  };
  return Object.fromEntries(Object.entries(value).filter(isCovered));
}
