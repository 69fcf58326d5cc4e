import type { Sandbox } from '../environments.ts';
import type { Actor } from '../people.ts';

/** Environment roles from environments.yaml; an operator is anybody who is one of the two. */
type Role = 'requester' | 'approver' | 'operator';

/** What people may ask for, who may, and how the refusal names it. Anything absent is the worker's own and never a person's. */
const MAY = {
  draft: ['requester', 'ask for a refresh'],
  'choose-moment': ['requester', 'plan a refresh'],
  confirm: ['requester', 'ask for a refresh'],
  keep: ['requester', 'drop a plan'],
  approve: ['approver', 'approve a refresh'],
  reject: ['approver', 'reject a refresh'],
  stop: ['operator', 'stop a refresh'],
  'switch-now': ['operator', 'switch'],
  retry: ['operator', 'retry a refresh'],
  'roll-back': ['operator', 'roll back'],
  accept: ['operator', 'accept a failed refresh'],
  'sign-off': ['operator', 'sign off a refresh'],
  'tick-item': ['operator', 'work on the checklist'],
  home: ['approver', 'choose the home of a sandbox'],
  freeze: ['approver', 'freeze a sandbox or lift its freeze'],
  read: ['operator', 'look at runs'],
} as const satisfies Readonly<Record<string, readonly [Role, string]>>;

export type Asked = keyof typeof MAY;
/** What a person does with one run; everything but looking, beginning a new one, and what is about the sandbox itself. */
export type Deed = Exclude<Asked, NoDeed>;
type NoDeed = 'draft' | 'home' | 'freeze' | 'read';
const NO_DEEDS: ReadonlySet<string> = new Set<NoDeed>(['draft', 'home', 'freeze', 'read']);

export const DEEDS = Object.keys(MAY).filter((name): name is Deed => !NO_DEEDS.has(name));

export const isDeed = (name: string): name is Deed => DEEDS.some((deed) => deed === name);

/** How a refusal names what was asked for. */
export const wordsFor = (asked: string): string => MAY[asked as Asked]?.[1] ?? asked;

/** Whether the person's Entra object ids and tenant carry the role for this sandbox. */
export function hasRoleFor(asked: string, sandbox: Sandbox, actor: Actor): boolean {
  const role: Role | undefined = MAY[asked as Asked]?.[0];
  if (role === undefined || actor.tenantId !== sandbox.administrator.tenantId) return false;
  const stands = (ids: readonly string[]) => [actor.id, ...(actor.ids ?? [])].some((id) => ids.includes(id));
  if (role === 'requester') return stands(sandbox.requesters);
  return stands(sandbox.approvers) || (role === 'operator' && stands(sandbox.requesters));
}
