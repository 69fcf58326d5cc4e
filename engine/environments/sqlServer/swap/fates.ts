import type { Access, Principal } from './principals.ts';

/** What becomes of one user of the target in the copy. */
export type Fate =
  | { readonly kind: 'make' }
  /** Production's user of that name, shut out until now, takes the target's login. */
  | { readonly kind: 'adopt'; readonly login: string }
  /** An earlier call has made it, or it needs no login. */
  | { readonly kind: 'keep' }
  /** Its secret, or its account, is nowhere to be read. */
  | { readonly kind: 'unmakeable' }
  /** Something of production's stands under its name that could not be dropped, and cannot be made into it. */
  | { readonly kind: 'blocked'; readonly why: string };

/**
 * By type, login and what stands under the name in the copy already ("ALTER USER": 33016, 33017). `asksEntra`: the server makes a user of
 * what Entra knows by that name.
 */
export function fateOf(user: Principal, present: Pick<Access, 'users' | 'roles'>, asksEntra = false): Fate {
  const isOfEntra = asksEntra && isEntraAlone(user);
  if (!isOfEntra && isUnmakeable(user)) return { kind: 'unmakeable' };
  const isNamesake = ({ name }: Principal) => name.toLowerCase() === user.name.toLowerCase();
  if (present.roles.some(isNamesake)) return { kind: 'blocked', why: 'production has a role of that name' };
  const namesake = present.users.find(isNamesake);
  if (namesake === undefined) return { kind: 'make' };
  if (namesake.type !== user.type) return { kind: 'blocked', why: 'production’s user of that name is of another kind' };
  if (isOfEntra && !isSamePrincipal(user, namesake))
    return { kind: 'blocked', why: 'production’s user of that name is another one in Entra' };
  if (user.login === null)
    return namesake.login === null
      ? { kind: 'keep' }
      : { kind: 'blocked', why: 'production’s user of that name has a login, which it must not keep' };
  if (namesake.login?.toLowerCase() === user.login.toLowerCase()) return { kind: 'keep' };
  if (namesake.authentication === 'NONE')
    return { kind: 'blocked', why: 'production’s user of that name was made without a login, and never gets one' };
  return { kind: 'adopt', login: user.login };
}

/**
 * A password inside the database, a certificate or a key: nobody can read them from the former database. Nor can an account
 * of Windows or Entra that has no login be made WITHOUT LOGIN (15006): such a user comes in through a group.
 */
const isUnmakeable = ({ type, authentication, login }: Principal) =>
  type === 'C' || type === 'K' || authentication === 'DATABASE' || (type !== 'S' && login === null);

/** An account, a group or an application of Entra that gets into its database without a login of the server. */
export const isEntraAlone = ({ type, login }: Pick<Principal, 'type' | 'login'>): boolean =>
  (type === 'E' || type === 'X') && login === null;

/** By the id that Entra gives once: a name may come to be another’s. */
export const isSamePrincipal = (one: Pick<Principal, 'sid'>, other: Pick<Principal, 'sid'>): boolean =>
  one.sid !== null && other.sid !== null && Buffer.compare(one.sid, other.sid) === 0;
