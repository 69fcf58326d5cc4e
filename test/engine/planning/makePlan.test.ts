import { expect, test } from 'vitest';
import { REWIND, type Run } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { digestOf } from '../../../engine/journal/canonicalJson.ts';
import type { EngineParts } from '../../../engine/parts.ts';
import { JONAS, TENANT } from '../../builders.ts';
import { address, fact, pack } from '../doubles/smallCompany.ts';
import { aHouse, type House } from '../house.ts';

async function planned(house: House, at = '2026-11-20T12:00:00.500Z', parts: Partial<EngineParts> = {}) {
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, at);
  await createEngine({ ...house.parts, ...parts }).plan(runId, new AbortController().signal);
  return house.run(runId);
}

test('a plan › says what is read, replaced, cleared and kept, and for how long', async () => {
  const { plan, isPlanning } = await planned(aHouse());
  expect(isPlanning).toBe(false);
  expect(plan).toMatchObject({
    chain: ['full backup 2026-11-20T12:00:00.000Z', 'log backups to 2026-11-20T12:00:00.500Z'],
    cleared: [{ title: 'Email addresses', tables: ['LOGISTICSELECTRONICADDRESS'] }],
    keptFromTarget: [{ title: 'Print management', tables: ['PRINTMGMTSETTINGS'] }],
    administrator: 'admin@contoso.example',
    estimate: { kind: 'unknown' },
    keepPreviousMs: 3 * 86_400_000,
    binding: { at: { application: '2026-11-20T12:00:00.500Z', financialReporting: '2026-11-20T12:00:00.500Z' } },
  });
});

test('a plan › changes nothing anywhere', async () => {
  const house = aHouse();
  const before = { production: house.world.fingerprint(), target: house.databases(), content: house.content() };
  await planned(house);
  expect({ production: house.world.fingerprint(), target: house.databases(), content: house.content() }).toEqual(
    before,
  );
});

test('a plan › measures the target once, and a source not at all whose measures it brings', async () => {
  const measured: string[] = [];
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      plan: async (source, target, at) => ({
        ...(await provider.plan(source, target, at)),
        sourceMeasures: await provider.measure(source),
      }),
      measure: (environment) => {
        measured.push(environment.name);
        return provider.measure(environment);
      },
    }),
  });
  expect((await planned(house)).plan).toBeDefined();
  expect(measured).toEqual(['uat']);
});

/** The digest but for what the sandbox keeps, which is hashed under a key of each run. */
const sameOf = ({ plan }: Run): string => digestOf({ ...plan?.binding, kept: 'the same' });

test('a plan’s digest › stays when only sizes, time and content change', async () => {
  const house = aHouse();
  const first = await planned(house);
  await house.clock.advance(3_600_000);
  house.world.commit('application', address(4));
  house.world.change('uat', 'application', address(5));
  const second = await planned(house);
  expect(sameOf(second)).toBe(sameOf(first));
});

test('a plan’s digest › changes with the moment, the policy, a command, the administrator and the packs', async () => {
  const digestIn = async (house: House, at?: string, parts?: Partial<EngineParts>) =>
    sameOf(await planned(house, at, parts));
  const digests = await Promise.all([
    digestIn(aHouse()),
    digestIn(aHouse(), '2026-11-20T12:00:00.600Z'),
    digestIn(aHouse({ sandbox: { policy: { cutoverWarningMs: 1 } } })),
    digestIn(aHouse({ sandbox: { commands: { startServices: { command: 'true', args: [], timeoutMs: 1 } } } })),
    digestIn(
      aHouse({ sandbox: { administrator: { signIn: 'other@contoso.example', objectId: 'o', tenantId: TENANT } } }),
    ),
    digestIn(aHouse(), undefined, { packs: () => [{ ...pack, elements: pack.elements.slice(0, 1) }] }),
  ]);
  expect(new Set(digests).size).toBe(digests.length);
});

test('a plan › for a moment that cannot be reached is refused with the nearest ones', async () => {
  const run = await planned(aHouse(), '2026-11-20T12:30:00.000Z');
  expect(run).toMatchObject({
    state: 'draft',
    isPlanning: false,
    plan: undefined,
    failure: { step: 'plan', code: 'recovery-point-unreachable', remedy: expect.stringContaining('2026-11-20T12:00') },
  });
});

test('a plan › that something unforeseen prevents says so to people, and where in the log', async () => {
  const house = aHouse();
  house.world.inject({ at: 'plan', error: new Error('socket hang up for ann@fabrikam.example') });
  const run = await planned(house);
  expect(run.failure).toMatchObject({ step: 'plan', code: 'unexpected' });
  expect(await house.logged(run.runId)).toMatch(
    /^plan: Plan refused: Error; its text is withheld: it may hold data at .*makePlan/,
  );
});

test('a plan › that nobody waits for any more is forgotten without a word', async () => {
  const house = aHouse();
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  let kept: Promise<unknown> | undefined;
  const parts: EngineParts = {
    ...house.parts,
    packs: (names) => {
      kept ??= house.desk.keep(JONAS, runId);
      return house.parts.packs(names);
    },
  };
  await createEngine(parts).plan(runId, new AbortController().signal);
  expect(await house.run(runId)).toMatchObject({ state: 'aborted', plan: undefined, failure: undefined });
});

test('a plan › that comes when another moment has been chosen is not the plan of that one', async () => {
  const house = aHouse();
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  const { plan } = await planned(aHouse());
  if (!plan) throw new Error('no plan');
  const late = { kind: 'plan-made', at: '2026-11-20T12:00:00.600Z', plan } as const;
  await expect(house.journal.record(runId, late, { actor: REWIND })).rejects.toMatchObject({
    code: 'outdated-request',
  });
  await house.journal.record(runId, { ...late, at: '2026-11-20T12:00:00.500Z' }, { actor: REWIND });
  await expect(
    house.journal.record(runId, { ...late, at: '2026-11-20T12:00:00.500Z' }, { actor: REWIND }),
  ).rejects.toMatchObject({ code: 'outdated-request' });
});

test('a plan › that a worker has to let go of records nothing, and is made by another', async () => {
  const ended = new AbortController();
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      plan: (...args) => {
        if (ended.signal.aborted) return provider.plan(...args);
        ended.abort(new Error('the worker ends'));
        // A server that does not answer.
        return new Promise(() => undefined);
      },
    }),
  });
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  const engine = createEngine(house.parts);
  await expect(engine.plan(runId, ended.signal)).rejects.toThrow('the worker ends');
  expect(await house.run(runId)).toMatchObject({ isPlanning: true, failure: undefined });
  await engine.plan(runId, new AbortController().signal);
  expect((await house.run(runId)).plan?.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('a plan › of a busy target is blocked and names the run that holds it', async () => {
  const house = aHouse();
  const first = await house.approvedRun();
  const second = await planned(house);
  expect(second.plan?.checks.find(({ name }) => name === 'target-free')).toMatchObject({
    outcome: 'blocked',
    detail: `${first.runId} holds the target`,
  });
  await expect(house.desk.confirm(JONAS, second.runId, second.plan?.digest ?? '', '')).rejects.toMatchObject({
    code: 'plan-blocked',
  });
});

test('prerequisites › read their facts from the databases, and from the copy at its moment', async () => {
  const cell = { kind: 'measured', database: 'application', table: 'SYSENVIRONMENTINFO', column: 'VALUE' } as const;
  const facts = { applicationRelease: { ...cell, where: { column: 'PARM', equals: 'APPLICATIONRELEASE' } } };
  const house = aHouse({ sandbox: { facts }, source: { facts } });
  house.world.change('uat', 'application', fact('APPLICATIONRELEASE', '10.0.45'));
  await house.clock.advance(60_000);
  house.world.commit('application', fact('APPLICATIONRELEASE', '10.0.44'));
  await house.clock.advance(60_000);
  house.world.commit('application', { sql: `UPDATE public."SYSENVIRONMENTINFO" SET "VALUE" = '10.0.45'` });
  await house.clock.advance(60_000);
  // Production has been upgraded since: now both are equal, and at the recovery point they were not.
  const { runId } = await house.approvedRun({ at: '2026-11-20T12:01:30.000Z' });
  await house.proceed(runId);
  expect((await house.run(runId)).failure).toMatchObject({
    step: 'inspect-copy',
    code: 'prerequisites-blocked',
    message: expect.stringContaining('10.0.44 in the source, 10.0.45 in the target'),
  });
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});
