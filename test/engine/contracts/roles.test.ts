import { expect, test } from 'vitest';
import type { Actor, Person, Run, Sandbox } from '../../../engine/contracts.ts';
import {
  DEEDS,
  hasRoleFor,
  ROLES,
  rolesOf,
  whyNot,
  type Asked,
  type House,
  type Role,
} from '../../../engine/contracts/mayBeDone/index.ts';
import { aSandbox, TENANT } from '../../builders.ts';
import { aRun, LATER, NEVER, NOW } from '../journal/builders.ts';
import { RUNS } from './situations.ts';

/** One person for each role and nothing else. */
const people: Readonly<Record<Role, Person>> = {
  viewer: { id: 'viewer', tenantId: TENANT, name: 'Viewer' },
  requester: { id: 'requester', tenantId: TENANT, name: 'Requester' },
  approver: { id: 'approver', tenantId: TENANT, name: 'Approver' },
  operator: { id: 'operator', tenantId: TENANT, name: 'Operator' },
  administrator: { id: 'administrator', tenantId: TENANT, name: 'Administrator' },
  urgent: { id: 'urgent', tenantId: TENANT, name: 'Urgent' },
  'data-owner': { id: 'data-owner', tenantId: TENANT, name: 'Data owner' },
};
const stranger: Person = { id: 'stranger', tenantId: TENANT, name: 'Stranger' };
const roles = {
  ...{ viewers: ['viewer'], requesters: ['requester'], approvers: ['approver', 'second'] },
  administrators: ['administrator'],
  urgent: ['urgent'],
  dataOwners: ['data-owner'],
};

/** As the file says nothing of operators, and as it names one. */
const SANDBOXES: Readonly<Record<string, Sandbox>> = {
  'no operators named': aSandbox(roles),
  'operators named': aSandbox({ ...roles, operators: ['operator'] }),
};

type May = Readonly<Record<Asked, readonly Role[]>>;
const participants = ['requester', 'approver', 'operator', 'administrator'] as const;
/** What each role is for, said once more in other words than the code’s. */
const may = (operating: readonly Role[]): May => ({
  draft: ['requester'],
  'choose-moment': ['requester'],
  confirm: ['requester'],
  keep: ['requester'],
  approve: ['approver'],
  reject: ['approver'],
  stop: participants,
  'accept-findings': ['data-owner'],
  'switch-now': operating,
  retry: operating,
  'roll-back': operating,
  accept: operating,
  'sign-off': operating,
  'tick-item': participants,
  halt: ROLES,
  acknowledge: ['approver'],
  urgent: ['urgent'],
  home: ['approver', 'administrator'],
  reserve: participants,
  release: ['approver', 'administrator'],
  freeze: ['approver'],
  profile: operating,
  schedule: ['requester'],
  'stop-schedule': participants,
  read: ROLES,
});
const MAY: Readonly<Record<string, May>> = {
  'no operators named': may(['requester', 'approver', 'administrator']),
  'operators named': may(['operator', 'administrator']),
};

const houseOf = (sandbox: Sandbox): House => ({ sandbox, people: [] });
/** Nobody else of these has had a hand in it. */
const runOf = (parts: Partial<Run> | undefined): Run => {
  const asker = { id: 'somebody-else', tenantId: TENANT, name: 'Somebody' };
  return aRun({ expiresAt: NEVER, requestedBy: asker, shapedBy: [asker], ...parts });
};
const situation = (run: Run, house?: House, actor?: Actor) => ({
  ...{ now: NOW, ...(house ? { house } : {}), ...(actor ? { actor } : {}) },
  hold: { heldBy: run.runId, generation: (run.generation ?? 0) + (run.replacedBy ? 1 : 0) },
});

test('who may what › role × deed × sandbox × situation: what the role allows and the run allows, in every cell', () => {
  let cells = 0;
  for (const [name, sandbox] of Object.entries(SANDBOXES))
    for (const parts of Object.values(RUNS))
      for (const deed of DEEDS)
        for (const role of [...ROLES, 'stranger'] as const) {
          const run = runOf(parts);
          const actor = role === 'stranger' ? stranger : people[role];
          const isOpen = whyNot(run, deed, situation(run)) === undefined;
          const hasRole =
            role !== 'stranger' &&
            (MAY[name]?.[deed].includes(role) ?? false) &&
            !(role === 'operator' && name === 'no operators named') &&
            // That takes two roles at once.
            !(run.isUrgent && (deed === 'choose-moment' || deed === 'confirm'));
          const refusal = whyNot(run, deed, situation(run, houseOf(sandbox), actor));
          expect([name, run.state, deed, role, refusal === undefined]).toEqual([
            ...[name, run.state, deed, role],
            isOpen && hasRole,
          ]);
          cells += 1;
        }
  expect(cells).toBe(2 * Object.keys(RUNS).length * DEEDS.length * 8);
});

test('who may what › of the sandbox itself, and the page that people read', async () => {
  const asked = ['draft', 'urgent', ...DEEDS, 'home', 'reserve', 'release', 'freeze', 'read'] as const;
  const rows = Object.entries(SANDBOXES).flatMap(([name, sandbox]) =>
    asked.map((deed) => {
      const found = ROLES.filter((role) => hasRoleFor(deed, sandbox, people[role]));
      expect(found).toEqual((MAY[name]?.[deed] ?? []).filter((role) => rolesOf(sandbox, people[role]).length > 0));
      return `| ${name} | ${deed} | ${ROLES.map((role) => (found.includes(role) ? 'may' : '')).join(' | ')} |`;
    }),
  );
  const page = `# Who may what\n\nWritten by \`test/engine/contracts/roles.test.ts\`.\n\n| sandbox | asks for | ${ROLES.join(' | ')} |\n|-|-|${ROLES.map(() => '-|').join('')}\n${rows.join('\n')}\n`;
  await expect(page).toMatchFileSnapshot('../../golden/roles.md');
});

test('a role › is that of one sandbox and one tenant, and counts by any id of the person', () => {
  const sandbox = aSandbox({ ...roles, operators: ['operator'] });
  expect(rolesOf(sandbox, { ...people.operator, tenantId: 'another' })).toEqual([]);
  expect(rolesOf(sandbox, { ...stranger, ids: ['operator', 'viewer'] })).toEqual(['viewer', 'operator']);
  expect(rolesOf(aSandbox(), people.operator)).toEqual([]);
  expect(hasRoleFor('swapped', sandbox, people.administrator)).toBe(false);
});

test('an administrator › approves nothing without being named for it, and no role lets anybody approve their own', () => {
  const run = runOf(RUNS['awaiting approval']);
  const both = aSandbox({ ...roles, administrators: ['approver'], operators: ['approver'] });
  const own = { ...run, requestedBy: people.approver, shapedBy: [people.approver] };
  const refusals = [
    whyNot(run, 'approve', situation(run, houseOf(aSandbox(roles)), people.administrator))?.code,
    whyNot(own, 'approve', situation(own, houseOf(both), people.approver))?.code,
  ];
  expect(refusals).toEqual(['not-allowed', 'own-approval']);
});

test('an urgent refresh › is planned and confirmed by whoever is a requester and named for it, and by nobody else', () => {
  const run = runOf(RUNS['an urgent plan']);
  const sandbox = aSandbox({ ...roles, requesters: ['requester', 'urgent'] });
  const codes = (['choose-moment', 'confirm'] as const).flatMap((deed) =>
    [people.urgent, people.requester, people.approver].map(
      (who) => whyNot(run, deed, situation(run, houseOf(sandbox), who))?.code,
    ),
  );
  const refused = ['not-allowed', 'not-allowed'];
  expect(codes).toEqual([undefined, ...refused, undefined, ...refused]);
});

test('two approvals › are by two people: not by one who comes by another id, and not in a terminal of the first', () => {
  const sandbox = aSandbox({ ...roles, approvers: ['approver', 'second', 'third'] });
  const house: House = {
    ...{ sandbox, terminalApproval: true },
    people: [
      { id: 'second', ids: ['third'], name: 'Second', osAccounts: ['sec'] },
      { id: 'approver', name: 'Approver', osAccounts: ['app'] },
    ],
  };
  const way = { kind: 'terminal', host: 'h', account: 'sec' } as const;
  const waiting = runOf(RUNS['awaiting the second of two']);
  const first = { by: { id: 'third', tenantId: TENANT, name: 'Second', way }, at: NOW, digest: 'digest-1' };
  const run = { ...waiting, firstApproval: first };
  const may = (who: Actor) => whyNot(run, 'approve', situation(run, house, who))?.code;
  expect(may({ ...stranger, id: 'second', ids: ['second', 'third'] })).toBe('approved-already');
  expect(may({ ...people.approver, way })).toBe('shared-account');
  expect(may(people.approver)).toBeUndefined();
});

test('a reservation › keeps everybody else from confirming, and its owner from nothing, until its time is over', () => {
  const run = runOf(RUNS['a plan']);
  const sandbox = aSandbox({ ...roles, requesters: ['requester', 'owner'] });
  const owner = { id: 'owner', tenantId: TENANT, name: 'Owner' };
  const reservation = { number: 1, from: NOW, until: LATER, reason: 'UAT round 3', by: owner };
  const may = (who: Actor, now = NOW) =>
    whyNot(run, 'confirm', {
      ...{ ...situation(run, houseOf(sandbox), who), now },
      hold: { heldBy: run.runId, generation: 0, reservation },
    })?.code;
  expect([may(people.requester), may(owner), may({ ...people.requester, ids: ['owner'] })]).toEqual([
    ...['reserved', undefined, undefined],
  ]);
  expect(may(people.requester, LATER)).toBeUndefined();
});
