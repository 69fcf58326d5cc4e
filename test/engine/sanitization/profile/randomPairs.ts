import type { Profile, ProfileJob } from '../../../../engine/contracts.ts';
import { fold } from '../../../../engine/sanitization/profile/accounts.ts';
import type { BatchJob } from '../../../../engine/sanitization/profile/decideJobs.ts';
import type { Account } from '../../../../engine/sanitization/profile/decideUsers.ts';
import { createRandom } from '../../simulation/random.ts';

export const IDS = ['JONAS', 'jonas', 'MIRA', 'MIRA ', 'LARS', 'EMP001', 'Axrunner', 'Admin', 'Guest'];
const IDENTITIES = ['one', 'two', 'three', 'four', 'five', 'six', ''];
export const ROLES = ['LedgerClerk', 'BuyingAgent', '-SYSADMIN-', 'Board'];
const TERMS = ['always', 'until 2027'];
const ACTIVE = { enable: 'as-before', administrators: ['lars'], privilegedRoles: ['Board'] } as const;

type Users = NonNullable<Profile['users']>;
type Random = ReturnType<typeof createRandom>;

function someAccounts(random: Random): Account[] {
  const count = random.below(7);
  return Array.from({ length: count }, () => ({
    id: random.pick(IDS),
    identity: random.pick(IDENTITIES) || undefined,
    isEnabled: random.below(4) > 0,
    isGroup: random.below(10) === 0,
    grants: Array.from({ length: random.below(4) }, () => ({
      role: random.pick(ROLES),
      terms: random.pick(TERMS),
    })),
  }));
}

/** Most of what was there is there later, so that there is something to decide. */
function changed(random: Random, accounts: readonly Account[]): Account[] {
  return [
    ...accounts.filter(() => random.below(8) > 0).map((each) => (random.below(5) === 0 ? other(random, each) : each)),
    ...(random.below(6) === 0 ? someAccounts(random).slice(0, 1) : []),
  ];
}

function other(random: Random, account: Account): Account {
  const [fresh = account] = someAccounts(random);
  return random.pick([
    { ...account, id: fresh.id },
    { ...account, identity: fresh.identity },
    { ...account, isEnabled: !account.isEnabled },
    { ...account, grants: fresh.grants },
  ]);
}

export const sameId = (accounts: readonly Account[], id: string) =>
  accounts.filter((each) => fold(each.id) === fold(id));

/** A sandbox at the plan and at the switch, and production, as one seed has them. */
export interface RandomPair {
  readonly random: Random;
  readonly atPlan: readonly Account[];
  readonly atSwitch: readonly Account[];
  readonly production: readonly Account[];
  readonly wanted: Users;
  /** Of the copy. */
  readonly roles: ReadonlySet<string>;
  readonly isProved: boolean;
}

export function pairOf(seed: number): RandomPair {
  const random = createRandom(seed);
  const atPlan = someAccounts(random);
  const atSwitch = changed(random, atPlan);
  const production = changed(random, atPlan);
  const wanted: Users =
    random.below(2) === 0
      ? ACTIVE
      : { ...ACTIVE, enable: IDS.filter(() => random.below(2) === 0), administrators: ['MIRA'] };
  const roles = new Set(ROLES.filter(() => random.below(6) > 0));
  return { random, atPlan, atSwitch, production, wanted, roles, isProved: random.below(10) > 0 };
}

/** The only one of that id, and nobody else stands for the same person. */
function once(accounts: readonly Account[], id: string): Account | undefined {
  const [own, ...more] = sameId(accounts, id);
  const alike = accounts.filter(({ identity }) => identity !== undefined && identity === own?.identity);
  return more.length === 0 && alike.length <= 1 ? own : undefined;
}

/** What the profile promises of whoever is enabled, said once more in other words than the code's. */
export function mayBeEnabled({ wanted, isProved, ...pair }: RandomPair, id: string): boolean {
  const three = [pair.atPlan, pair.atSwitch, pair.production].map((accounts) => once(accounts, id));
  const isNamed = wanted.enable === 'as-before' || wanted.enable.some((each) => fold(each) === fold(id));
  return (
    isProved &&
    isNamed &&
    !['admin', 'guest', 'axrunner'].includes(fold(id)) &&
    three.every((each) => each?.isEnabled && !each.isGroup && each.identity !== undefined) &&
    new Set(three.map((each) => each?.identity)).size === 1
  );
}

export function mayHave({ wanted, roles, ...pair }: RandomPair, id: string, role: string, terms: string): boolean {
  const isGiven = [pair.atPlan, pair.atSwitch].every((accounts) =>
    sameId(accounts, id).some(({ grants }) => grants.some((each) => each.role === role && each.terms === terms)),
  );
  const isNamed = fold(id) === 'axrunner' || wanted.administrators.some((each) => fold(each) === fold(id));
  return isGiven && roles.has(role) && (isNamed || !['-SYSADMIN-', 'Board'].includes(role));
}

const CLASSES = ['InventCostClosing', 'ReqCalcMaster', 'SysEmailDistributor', undefined];

export function randomJobs({ random }: RandomPair): { readonly wanted: ProfileJob[]; readonly jobs: BatchJob[] } {
  const some = <Item>(most: number, make: (n: number) => Item) =>
    Array.from({ length: random.below(most) }, (_, n) => make(n));
  const caption = () => random.pick(['Close', 'Plan', 'Mail the board']);
  const company = () => random.pick(['fcof', 'dat']);
  return {
    wanted: some(4, () => ({
      caption: caption(),
      company: company(),
      class: random.pick(['InventCostClosing', 'ReqCalcMaster', 'SysEmailDistributor']),
    })),
    jobs: some(5, (n) => ({
      ...{ recId: String(300 + n), caption: caption(), company: company(), executingBy: random.pick(IDS) },
      classes: some(3, () => CLASSES[random.below(CLASSES.length)]),
    })),
  };
}
