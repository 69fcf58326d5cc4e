import type { Instant, Plan, StandingApproval, StandingBinding } from '../../contracts.ts';
import { canonicalJson } from '../canonicalJson.ts';
import { StandingImpossibleError } from './errors.ts';

/** What an approval in advance holds for: whatever is as in this plan. @throws StandingImpossibleError */
export function standingFor(
  plan: Plan,
  { by, at, until }: Pick<StandingApproval, 'by' | 'at' | 'until'>,
): Omit<StandingApproval, 'signature'> {
  const binds = bindingOf(plan);
  if (!binds) throw new StandingImpossibleError();
  return { by, at, until, binds, findings: findingsOf(plan) };
}

/** Why the approval in advance does not cover this plan; undefined: it does. `void`: it covers none any more. */
export function whyNotCovered(
  { binds, findings, until }: StandingApproval,
  plan: Plan,
  now: Instant,
): { readonly why: string; readonly isVoid: boolean } | undefined {
  if (now >= until) return { why: 'its time is over', isVoid: true };
  const present = bindingOf(plan);
  if (!present) return { why: 'tables and columns of the source could not be read', isVoid: false };
  const changed = Object.entries(binds).filter(([name, value]) => new Map(Object.entries(present)).get(name) !== value);
  if (changed.length > 0) return { why: changed.map(([name]) => NAMES[name] ?? name).join(', '), isVoid: true };
  const unseen = findingsOf(plan).filter((finding) => !findings.includes(finding));
  if (unseen.length > 0) return { why: unseen.join('; '), isVoid: false };
  return undefined;
}

/** As people know them. */
const NAMES: Readonly<Record<string, string>> = {
  source: 'the source',
  target: 'the sandbox',
  sourceIdentity: 'the databases of the source',
  targetIdentity: 'the databases of the sandbox',
  packsHash: 'the rule packs',
  policyHash: 'policy, commands or administrator',
  schema: 'tables or columns of the source',
};

function bindingOf({ binding, schema }: Plan): StandingBinding | undefined {
  if (schema === undefined) return undefined;
  const { source, target, sourceIdentity, targetIdentity, packsHash, policyHash } = binding;
  return { source, target, sourceIdentity, targetIdentity, packsHash, policyHash, schema };
}

/** Whatever somebody would have to read before they approve: what was not passed, and what goes first. */
function findingsOf({ checks, binding }: Plan): readonly string[] {
  const open = checks.filter(({ outcome }) => outcome !== 'passed').map(({ name, title }) => `${name}: ${title}`);
  const { retires = [], earlier = [], dropsCopiesOf = [], profile } = binding;
  const lost = [...retires, ...dropsCopiesOf, ...earlier.map(canonicalJson)];
  // Whoever administers the sandbox could add themselves afterwards.
  const back = profile === undefined ? [] : [`users and settings that come back: list ${profile.slice(0, 8)}`];
  return [...open, ...lost.map((one) => `lost: ${one}`), ...back];
}
