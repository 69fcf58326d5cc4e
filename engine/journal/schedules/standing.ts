import type { Instant, Plan, StandingApproval, StandingBinding } from '../../contracts.ts';
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

/** Why an approval in advance does not cover a plan. */
export interface NotCovered {
  /** For a log. */
  readonly cause: 'over' | 'unread' | 'changed' | 'unseen' | 'unsigned' | 'role-lost';
  /** For whoever may read the schedule. */
  readonly why: string;
  /** It covers none any more. */
  readonly isVoid: boolean;
}

/** Undefined: it does. */
export function whyNotCovered(
  { binds, findings, until }: StandingApproval,
  plan: Plan,
  now: Instant,
): NotCovered | undefined {
  if (now >= until) return { cause: 'over', why: 'its time is over', isVoid: true };
  const present = bindingOf(plan);
  if (!present) return { cause: 'unread', why: 'tables and columns of the source could not be read', isVoid: false };
  const before = new Map(Object.entries(binds));
  const changed = Object.entries(present).filter(([name, value]) => before.get(name) !== value);
  if (changed.length > 0)
    return { cause: 'changed', why: changed.map(([name]) => NAMES[name] ?? name).join(', '), isVoid: true };
  const unseen = findingsOf(plan).filter((finding) => !findings.includes(finding));
  if (unseen.length > 0) return { cause: 'unseen', why: unseen.join('; '), isVoid: false };
  return undefined;
}

/** As people know them. */
const NAMES: Readonly<Record<string, string>> = {
  source: 'the source',
  target: 'the sandbox',
  sourceIdentity: 'the databases of the source',
  packsHash: 'the rule packs',
  policyHash: 'policy, commands or administrator',
  schema: 'tables or columns of the source',
};

/** Not the databases of the sandbox: each refresh makes them others. */
function bindingOf({ binding, schema }: Plan): StandingBinding | undefined {
  if (schema === undefined) return undefined;
  const { source, target, sourceIdentity, packsHash, policyHash } = binding;
  return { source, target, sourceIdentity, packsHash, policyHash, schema };
}

/**
 * Whatever somebody would have to read before they approve: what was not passed, and what goes first. Runs are counted and not
 * named: of the next occurrence they are others.
 */
function findingsOf({ checks, binding }: Plan): readonly string[] {
  const open = checks
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ name, title }) => `${name}: ${nameless(title)}`);
  const { retires = [], earlier = [], dropsCopiesOf = [], profile } = binding;
  const lost = [
    ...counted('former databases that go first', retires),
    ...counted('copies that are dropped', dropsCopiesOf),
    ...counted('ways back that it stands before', earlier),
  ];
  // Whoever administers the sandbox could add themselves afterwards.
  const back = profile === undefined ? [] : [`users and settings that come back: list ${profile.slice(0, 8)}`];
  return [...open, ...lost, ...back];
}

const nameless = (text: string): string => text.replaceAll(/\bR-\d+\b/g, 'an earlier run');

/** One for each: fewer than were seen are no finding. */
const counted = (what: string, all: readonly unknown[]): readonly string[] =>
  all.map((_, n) => `${what}: ${String(n + 1)}`);
