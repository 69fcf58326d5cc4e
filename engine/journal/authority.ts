import type { Person, Sandbox } from '../contracts.ts';
import { NotAllowedError } from './errors.ts';
import type { EventKind } from './events.ts';

/** Environment roles from environments.yaml; an operator is anybody who is one of the two. */
type Role = 'requester' | 'approver' | 'operator';

/** What people may ask for, who may, and how the refusal names it. Anything absent is the worker's own and never a person's. */
const MAY: Readonly<Partial<Record<EventKind | 'draft' | 'read', readonly [Role, string]>>> = {
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
  read: ['operator', 'look at runs'],
};

/** @throws NotAllowedError unless the person's Entra object id and tenant carry the role for this sandbox. */
export function authorise(sandbox: Sandbox, person: Person, action: EventKind | 'draft' | 'read'): void {
  const rule = MAY[action];
  if (!rule || !hasRole(sandbox, person, rule[0])) throw new NotAllowedError(rule?.[1] ?? action, sandbox.title);
}

function hasRole(sandbox: Sandbox, person: Person, role: Role): boolean {
  if (person.tenantId !== sandbox.administrator.tenantId) return false;
  const isRequester = sandbox.requesters.includes(person.id);
  const isApprover = sandbox.approvers.includes(person.id);
  return role === 'requester' ? isRequester : role === 'approver' ? isApprover : isRequester || isApprover;
}
