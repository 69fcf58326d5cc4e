import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { REWIND, type KnownPerson, type Person, type Run } from '../../../engine/contracts.ts';
import { createDesk } from '../../../engine/journal/desk.ts';
import { createMemoryJournal } from '../../bot/doubles/memoryJournal.ts';
import { aSandbox, TENANT } from '../../builders.ts';
import { isLongRun } from '../../longRun.ts';
import { aPlan, NEVER, NOW } from '../journal/builders.ts';

const MOST_PEOPLE = 5;
const SEQUENCES = isLongRun ? 200_000 : 20_000;

/** Person n has two ids, and two accounts of a machine; the last account is everybody's. */
const idsOf = (n: number) => [`id-${String(n)}-a`, `id-${String(n)}-b`] as const;
const KNOWN: readonly KnownPerson[] = Array.from({ length: MOST_PEOPLE }, (_, n) => ({
  ...{ id: idsOf(n)[0], ids: [idsOf(n)[1]], name: `Person ${String(n)}` },
  osAccounts: [`account-${String(n)}`, 'everybody'],
}));

/** `next`: whatever the run waits for, so that most sequences get somewhere. */
const VERBS = ['next', 'next', 'next', 'next', 'next', 'draft', 'choose', 'keep', 'reject', 'fail', 'retry'] as const;

const NEXT: Readonly<Partial<Record<Run['state'], string>>> = {
  'awaiting-approval': 'approve',
  queued: 'fail',
  failed: 'again',
  aborted: 'again',
};

const command = fc.record({
  who: fc.nat(MOST_PEOPLE - 1),
  id: fc.nat(1),
  place: fc.constantFrom('teams', 'teams', 'teams', 'own', 'borrowed', 'everybody'),
  verb: fc.constantFrom(...VERBS),
  run: fc.nat(5),
});
type Asked = typeof command extends fc.Arbitrary<infer One> ? One : never;

function personOf({ who, id, place }: Asked, people: number): Person {
  const account = place === 'everybody' ? 'everybody' : `account-${String(place === 'own' ? who : (who + 1) % people)}`;
  return {
    ...{ id: idsOf(who)[id === 0 ? 0 : 1], tenantId: TENANT, name: `Person ${String(who)}` },
    way: place === 'teams' ? { kind: 'teams', conversation: 'c' } : { kind: 'terminal', host: 'h', account },
  };
}

const broken = (promise: string): never => {
  throw new Error(promise);
};

/** The bookkeeping of the test: who, as a person, had a hand in which run, and with which accounts. */
interface Hand {
  readonly people: ReadonlySet<number>;
  readonly accounts: ReadonlySet<string>;
}

test('whoever approves › is never among those who shaped the plan, in random sequences of two to five people', async () => {
  let approvals = 0;
  let refusals = 0;
  const everybody = Array.from({ length: MOST_PEOPLE }, (_, n) => n);
  const roles = fc.tuple(fc.subarray(everybody, { minLength: 2 }), fc.subarray(everybody, { minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(
      roles,
      fc.array(command, { minLength: 4, maxLength: 12 }),
      async ([requesters, approvers], commands) => {
        const people = Math.max(2, ...requesters.map((n) => n + 1), ...approvers.map((n) => n + 1));
        const sandbox = aSandbox({
          requesters: requesters.flatMap((n) => idsOf(n)),
          approvers: approvers.flatMap((n) => idsOf(n)),
        });
        const journal = createMemoryJournal(() => NOW);
        const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
        const installation = { people: KNOWN, sandboxes: [sandbox], terminalApproval: true };
        const desk = createDesk({ journal, installation, wake, now: () => NOW, sign: 'unsigned' });
        const hands = new Map<string, Hand>();
        const runs: string[] = [];
        const shape = (runId: string, { who }: Asked, { way }: Person, from?: string) => {
          const before = hands.get(from ?? runId);
          const account = way?.kind === 'terminal' ? [way.account] : [];
          hands.set(runId, {
            people: new Set([...(before?.people ?? []), who]),
            accounts: new Set([...(before?.accounts ?? []), ...account]),
          });
        };
        const free = async (run: Run) => {
          if (run.state === 'queued') await journal.record(run.runId, { kind: 'stopped' }, { actor: REWIND });
        };
        for (const one of commands) {
          if (one.who >= people) continue;
          const person = personOf(one, people);
          // Mostly the newest.
          const runId = runs.at(one.run < 4 ? -1 : -2);
          const run = runId === undefined ? undefined : await journal.run(runId);
          try {
            if (one.verb === 'draft' || !run) {
              const { runId: drafted } = await desk.draft(person, 'uat', 'UTC');
              runs.push(drafted);
              shape(drafted, one, person);
              continue;
            }
            const digest = run.plan?.digest ?? '';
            const verb = one.verb === 'next' ? (NEXT[run.state] ?? (run.plan ? 'confirm' : 'choose')) : one.verb;
            switch (verb) {
              case 'choose':
                await desk.chooseMoment(person, run.runId, NOW);
                shape(run.runId, one, person);
                await journal.record(run.runId, { kind: 'plan-made', at: NOW, plan: aPlan() }, { actor: REWIND });
                break;
              case 'confirm': {
                const confirmed = await desk.confirm(person, run.runId, digest, 'why');
                shape(run.runId, one, person);
                if (confirmed.requestedBy.id !== person.id) broken('whoever confirms is the requester');
                break;
              }
              case 'approve': {
                await desk.approve(person, run.runId, digest);
                const hand = hands.get(run.runId);
                if (hand?.people.has(one.who)) broken('a shaper approves');
                const account = person.way?.kind === 'terminal' ? person.way.account : undefined;
                if (account === 'everybody' || (account !== undefined && hand?.accounts.has(account)))
                  broken('an account that is no second person approves');
                approvals += 1;
                break;
              }
              case 'again': {
                if (run.state === 'draft') break;
                const next = await desk.draft(person, 'uat', 'UTC', run);
                runs.push(next.runId);
                shape(next.runId, one, person, run.runId);
                await free(run);
                break;
              }
              case 'keep':
                await desk.keep(person, run.runId);
                break;
              case 'reject':
                await desk.reject(person, run.runId, 'no');
                break;
              case 'fail': {
                const failure = { step: 'sanitize', code: 'x', message: '', remedy: '' } as const;
                const copyKeptUntil = NEVER;
                await journal.record(
                  run.runId,
                  { kind: 'fail', failure, targetState: 'old', figures: {}, copyKeptUntil },
                  { actor: REWIND },
                );
                break;
              }
              case 'retry': {
                const retried = await desk.retry(person, run.runId);
                if (retried.approval?.digest !== retried.plan?.digest) broken('a retry of another plan goes on');
                break;
              }
            }
          } catch (error) {
            if (!(error instanceof Error) || !('code' in error)) throw error;
            if (error.code === 'own-approval' || error.code === 'shared-account') refusals += 1;
          }
        }
      },
    ),
    { numRuns: SEQUENCES },
  );
  // Neither side of the rule was a stranger to these sequences.
  expect(approvals).toBeGreaterThan(SEQUENCES / 50);
  expect(refusals).toBeGreaterThan(SEQUENCES / 50);
});
