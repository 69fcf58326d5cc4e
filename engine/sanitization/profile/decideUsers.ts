import type { Profile } from '../../contracts.ts';
import { fold, isReserved, isService, isPrivileged } from './accounts.ts';

/** One user of an environment at one moment. */
export interface Account {
  readonly id: string;
  /** Entra object id and identity provider, hashed; absent where there is no object id to tell somebody by. */
  readonly identity?: string | undefined;
  readonly isEnabled: boolean;
  /** Stands for all members of a group of Entra. */
  readonly isGroup: boolean;
  readonly grants: readonly Grant[];
}

/** A role that somebody has. `terms`: hash of how it is assigned (status, from when, until when). */
export interface Grant {
  readonly role: string;
  readonly terms: string;
  readonly title?: string;
}

/** What the plan keeps of a user who may be enabled, or of an account of the servers. */
export interface PlannedUser {
  readonly id: string;
  readonly identity: string;
  readonly grants: readonly Grant[];
}

export type WhyLeft =
  | 'reserved'
  | 'not-in-the-sandbox'
  | 'not-enabled-in-the-sandbox'
  | 'twice-in-the-sandbox'
  | 'no-object-id'
  | 'a-group'
  | 'another-since-the-plan'
  | 'not-in-production'
  | 'twice-in-production'
  | 'another-in-production'
  | 'disabled-in-production'
  | 'not-proved'
  | 'not-known';
export type ProductionWord = Extract<WhyLeft, `${string}production`> | 'same';

export interface LeftUser {
  readonly id: string;
  readonly why: WhyLeft;
}

/** Of the users whom the profile means, those whom the sandbox itself has enabled, once and beyond doubt. */
export function planUsers(
  wanted: NonNullable<Profile['users']>,
  accounts: readonly Account[],
): { readonly users: readonly PlannedUser[]; readonly left: readonly LeftUser[] } {
  const named =
    wanted.enable === 'as-before'
      ? accounts.filter(({ id, isEnabled }) => isEnabled && !isReserved(id)).map(({ id }) => id)
      : wanted.enable;
  const there = lookUp(accounts);
  const users: PlannedUser[] = [];
  const left: LeftUser[] = [];
  for (const id of new Map(named.map((each) => [fold(each), each])).values()) {
    const found = standing(id, there);
    if (typeof found === 'string') left.push({ id, why: found });
    else users.push(found);
  }
  return { users, left };
}

/** The sandbox's accounts of the servers keep the sandbox's roles; whether they are enabled is not the profile's. */
export function planServices(accounts: readonly Account[]): readonly PlannedUser[] {
  const there = lookUp(accounts);
  return accounts
    .filter(({ id }) => isService(id) && there.of(id).length === 1)
    .map(({ id, identity = '', grants }) => ({ id, identity, grants }));
}

/** What production says of somebody whom the plan means. */
export function wordOfProduction(planned: PlannedUser, production: Directory): ProductionWord {
  const [own, ...others] = production.of(planned.id);
  if (own === undefined) return 'not-in-production';
  if (others.length > 0 || production.isShared(own)) return 'twice-in-production';
  if (own.identity !== planned.identity || own.isGroup) return 'another-in-production';
  return own.isEnabled ? 'same' : 'disabled-in-production';
}

export interface UserFacts {
  readonly wanted: NonNullable<Profile['users']>;
  readonly planned: readonly PlannedUser[];
  readonly services: readonly PlannedUser[];
  /** The sandbox as it is right now. */
  readonly present: readonly Account[];
  /** By the id, folded. */
  readonly production: ReadonlyMap<string, ProductionWord>;
  /** AOT names of the roles that the copy has, each once. */
  readonly roles: ReadonlySet<string>;
  /** Whether nothing of people is left in the copy, without exception. */
  readonly isProved: boolean;
}

export interface UserDecision {
  readonly enabled: readonly { readonly id: string; readonly grants: readonly Grant[] }[];
  /** Accounts of the servers, whose being enabled stays as it is. */
  readonly services: readonly { readonly id: string; readonly grants: readonly Grant[] }[];
  readonly left: readonly LeftUser[];
  /** Roles that did not come back. */
  readonly withheld: readonly { readonly id: string; readonly role: string; readonly why: WhyWithheld }[];
}
export type WhyWithheld = 'only-by-name' | 'not-in-the-copy' | 'not-any-more';

/** Enabled is who was so at the plan and is so now, in the sandbox and in production; and nobody has a role beyond both. */
export function decideUsers(facts: UserFacts): UserDecision {
  const { planned, services, production, isProved } = facts;
  const present = lookUp(facts.present);
  const withheld: UserDecision['withheld'][number][] = [];
  const grantsOf = (one: PlannedUser): readonly Grant[] => {
    const now = present.of(one.id)[0]?.grants ?? [];
    return one.grants.filter((grant) => {
      const why = whyWithheld(facts, grant, now, !isService(one.id) && isOnlyByName(facts.wanted, one.id, grant));
      if (why !== undefined) withheld.push({ id: one.id, role: grant.role, why });
      return why === undefined;
    });
  };
  const enabled: UserDecision['enabled'][number][] = [];
  const left: LeftUser[] = [];
  for (const one of planned) {
    const now = standing(one.id, present);
    const word = production.get(fold(one.id));
    const why =
      typeof now === 'string'
        ? now
        : now.identity !== one.identity
          ? 'another-since-the-plan'
          : word === undefined
            ? 'not-known'
            : word !== 'same'
              ? word
              : isProved
                ? undefined
                : 'not-proved';
    if (why !== undefined) left.push({ id: one.id, why });
    else enabled.push({ id: one.id, grants: grantsOf(one) });
  }
  const kept = services
    .filter(({ id }) => present.of(id).length === 1)
    .map((one) => ({ id: one.id, grants: grantsOf(one) }));
  return { enabled, services: kept, left, withheld };
}

/** Whether a role of a user is for those alone whom the profile names as administrators, and the user is none of them. */
export function isOnlyByName(
  { administrators, privilegedRoles }: NonNullable<Profile['users']>,
  id: string,
  grant: Grant,
): boolean {
  const isPower = isPrivileged(grant) || privilegedRoles.some((role) => fold(role) === fold(grant.role));
  return isPower && !administrators.some((each) => fold(each) === fold(id));
}

function whyWithheld(
  { roles }: UserFacts,
  grant: Grant,
  now: readonly Grant[],
  isByName: boolean,
): WhyWithheld | undefined {
  if (isByName) return 'only-by-name';
  if (!now.some(({ role, terms }) => role === grant.role && terms === grant.terms)) return 'not-any-more';
  return roles.has(grant.role) ? undefined : 'not-in-the-copy';
}

/** Whoever stands in the sandbox once, enabled, and known by an object id that nobody else has. */
function standing(named: string, accounts: Directory): PlannedUser | WhyLeft {
  if (isReserved(named)) return 'reserved';
  const [own, ...others] = accounts.of(named);
  if (own === undefined) return 'not-in-the-sandbox';
  if (others.length > 0 || accounts.isShared(own)) return 'twice-in-the-sandbox';
  if (own.isGroup) return 'a-group';
  if (own.identity === undefined) return 'no-object-id';
  if (!own.isEnabled) return 'not-enabled-in-the-sandbox';
  return { id: own.id, identity: own.identity, grants: own.grants };
}

/** The users of an environment by id and by whom they stand for. */
export interface Directory {
  of(id: string): readonly Account[];
  /** Whether another user stands for the same person. */
  isShared(account: Account): boolean;
}

export function lookUp(accounts: readonly Account[]): Directory {
  const byId = Map.groupBy(accounts, ({ id }) => fold(id));
  const byIdentity = Map.groupBy(accounts, ({ identity }) => identity);
  return {
    of: (id) => byId.get(fold(id)) ?? [],
    isShared: ({ identity }) => identity !== undefined && (byIdentity.get(identity)?.length ?? 0) > 1,
  };
}
