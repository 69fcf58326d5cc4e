import type { Sandbox } from '../environments.ts';
import type { Actor } from '../people.ts';

/** What environments.yaml can say of somebody about one sandbox, in the order in which it is told. */
export const ROLES = ['viewer', 'requester', 'approver', 'operator', 'administrator', 'urgent', 'data-owner'] as const;
export type Role = (typeof ROLES)[number];

/** Which of the roles it takes; one of them is enough. */
const NEEDS = {
  requester: ['requester'],
  approver: ['approver'],
  operator: ['operator', 'administrator'],
  /** Whoever has to do with a refresh: what it does loses nothing. */
  participant: ['requester', 'approver', 'operator', 'administrator'],
  /** Whoever looks after what is asked of the sandbox. */
  keeper: ['approver', 'administrator'],
  urgent: ['urgent'],
  owner: ['data-owner'],
  viewer: ROLES,
} as const satisfies Readonly<Record<string, readonly Role[]>>;
type Needs = keyof typeof NEEDS;

/** What people may ask for, who may, and how the refusal names it. Anything absent is the worker's own and never a person's. */
const MAY = {
  draft: ['requester', 'ask for a refresh'],
  'choose-moment': ['requester', 'plan a refresh'],
  confirm: ['requester', 'ask for a refresh'],
  keep: ['requester', 'drop a plan'],
  approve: ['approver', 'approve a refresh'],
  reject: ['approver', 'reject a refresh'],
  stop: ['participant', 'stop a refresh'],
  'accept-findings': ['owner', 'accept what a proof has found'],
  'switch-now': ['operator', 'switch'],
  retry: ['operator', 'retry a refresh'],
  'roll-back': ['operator', 'roll back'],
  accept: ['operator', 'accept a failed refresh'],
  'sign-off': ['operator', 'sign off a refresh'],
  'tick-item': ['participant', 'work on the checklist'],
  /** Until it starts; whoever sees it may have a reason that nobody else knows. */
  halt: ['viewer', 'stop a refresh'],
  acknowledge: ['approver', 'acknowledge an urgent refresh'],
  urgent: ['urgent', 'ask for an urgent refresh'],
  home: ['keeper', 'choose where requests are brought'],
  reserve: ['participant', 'reserve a sandbox'],
  release: ['keeper', 'release what somebody else has reserved'],
  freeze: ['approver', 'set or lift a freeze'],
  profile: ['operator', 'read which users and jobs a profile brought back'],
  schedule: ['requester', 'schedule a refresh'],
  'stop-schedule': ['participant', 'pause, skip or end what is scheduled'],
  read: ['viewer', 'look at runs'],
} as const satisfies Readonly<Record<string, readonly [Needs, string]>>;

export type Asked = keyof typeof MAY;
/** What a person does with one run; everything but looking, beginning a new one, and what is about the sandbox itself. */
export type Deed = Exclude<Asked, NoDeed>;
const NONE_OF_A_RUN = [
  ...(['draft', 'urgent', 'home', 'reserve', 'release', 'freeze'] as const),
  ...(['schedule', 'stop-schedule', 'profile', 'read'] as const),
];
export type NoDeed = (typeof NONE_OF_A_RUN)[number];
const NO_DEEDS: ReadonlySet<string> = new Set(NONE_OF_A_RUN);

export const DEEDS = Object.keys(MAY).filter((name): name is Deed => !NO_DEEDS.has(name));

export const isDeed = (name: string): name is Deed => DEEDS.some((deed) => deed === name);

/** How a refusal names what was asked for. */
export const wordsFor = (asked: string): string => MAY[asked as Asked]?.[1] ?? asked;

type Named = Pick<
  Sandbox,
  'administrator' | 'viewers' | 'requesters' | 'approvers' | 'operators' | 'administrators' | 'urgent' | 'dataOwners'
>;

/**
 * The roles of a person for one sandbox, by their Entra object ids and their tenant. Where the file names no operators,
 * requesters and approvers operate; where it does, nobody else but administrators.
 */
export function rolesOf(sandbox: Named, actor: Actor): readonly Role[] {
  if (actor.tenantId !== sandbox.administrator.tenantId) return [];
  const stands = (ids: readonly string[] = []) => [actor.id, ...(actor.ids ?? [])].some((id) => ids.includes(id));
  const { requesters, approvers, operators = [...requesters, ...approvers] } = sandbox;
  const named: Readonly<Record<Role, readonly string[] | undefined>> = {
    ...{ viewer: sandbox.viewers, requester: requesters, approver: approvers },
    ...{ operator: operators, administrator: sandbox.administrators },
    ...{ urgent: sandbox.urgent, 'data-owner': sandbox.dataOwners },
  };
  return ROLES.filter((role) => stands(named[role]));
}

/** Whether the person has a role for this sandbox that is enough for what they ask. */
export function hasRoleFor(asked: string, sandbox: Named, actor: Actor): boolean {
  const needs: Needs | undefined = MAY[asked as Asked]?.[0];
  if (needs === undefined) return false;
  const enough: readonly Role[] = NEEDS[needs];
  return rolesOf(sandbox, actor).some((role) => enough.includes(role));
}

/** Everybody whom the file gives a role for the sandbox, by their ids. */
export const idsWithRoles = (sandbox: Named): readonly string[] => [
  ...new Set([
    ...[...sandbox.requesters, ...sandbox.approvers, ...(sandbox.operators ?? [])],
    ...[...(sandbox.administrators ?? []), ...(sandbox.viewers ?? [])],
    ...[...(sandbox.urgent ?? []), ...(sandbox.dataOwners ?? [])],
  ]),
];
