import { CompiledQuery } from 'kysely';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import type { Instant } from '../../../../engine/contracts.ts';
import { readClusterFolder } from '../../../../engine/environments/postgres/generations.ts';
import { sandboxSettings } from '../../../../engine/environments/postgres/settings.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { aPolicy, JONAS, MIRA, TENANT } from '../../../builders.ts';
import { aCrew } from '../../crew.ts';
import { createLeasedJournal } from '../../doubles/leasedJournal.ts';
import { aPostgresScene } from './scene.ts';

const scene = aPostgresScene();

const pack = parsePack(
  {
    ...{ name: 'small', title: 'One table' },
    elements: [
      {
        ...{ id: 'secrets', title: 'Secrets', source: 'the test', reason: 'the test', disposition: 'cleared' },
        rules: [{ id: 'secrets', table: 'SECRETS', action: 'delete-rows', whenAbsent: 'fail', offending: 'any-row' }],
      },
    ],
  },
  'chain.test.ts',
);

/** Production has something to sanitize from this moment on. */
async function withSecrets(): Promise<Instant> {
  const { url, productionPort, commit, archive } = scene.fixture();
  const client = new Client({ connectionString: url(productionPort, 'postgres', 'axdb') });
  await client.connect();
  await client.query('CREATE TABLE public."SECRETS" ("RECID" bigint PRIMARY KEY); INSERT INTO "SECRETS" VALUES (1)');
  await client.end();
  const at = await commit();
  await commit();
  await archive();
  return at;
}

/** Engine and desk over the two clusters; the journal stays in memory. */
function aHouse(at: Instant) {
  const { source, target: plain, provider } = scene.fixture();
  const people = { requesters: [JONAS.id], approvers: [MIRA.id], policy: aPolicy() };
  const target = { ...plain, ...people, administrator: { signIn: 'admin', objectId: 'admin', tenantId: TENANT } };
  const journal = createLeasedJournal(systemClock);
  const crew = aCrew({
    ...{ journal, sources: [source], sandboxes: [target], provider: () => provider, packs: () => [pack] },
    clock: systemClock,
  });
  const proceed = async (runId: string, wanted: string) => {
    const { state, failure } = await crew.proceed(runId);
    expect([state, failure?.message]).toEqual([wanted, undefined]);
  };
  const inEach = async <Row>(sql: string) => {
    const answers: Row[] = [];
    for (const role of ['application', 'financialReporting'] as const) {
      await using session = await provider.session(target, 'target', role);
      answers.push(...(await session.select<Row>(CompiledQuery.raw(sql))));
    }
    return answers;
  };
  return {
    runOf: crew.run,
    async refresh() {
      const { runId } = await crew.approved({ target: target.name, at });
      await proceed(runId, 'completed');
      return runId;
    },
    async rollBack(runId: string) {
      await crew.desk.rollBack(JONAS, runId);
      await proceed(runId, 'rolled-back');
    },
    /** What people do in the sandbox between two refreshes, differently in each database. */
    async work(n: number) {
      const lease = await journal.acquireLease(target.name, 'people', 60_000);
      if (!lease) throw new Error('The target is a worker’s');
      const { signal } = new AbortController();
      const writer = provider.open(target, { runId: 'R-1', fence: lease.fence, signal }, source);
      for (const role of ['application', 'financialReporting'] as const) {
        await using session = await writer.session('target', role);
        await session.execute(
          CompiledQuery.raw(`INSERT INTO moments SELECT ${String(n)} + length(current_database())`),
        );
      }
      await journal.releaseLease(lease);
    },
    checksums: () => inEach<{ sum: string }>(`SELECT md5(string_agg(n::text, ',' ORDER BY n)) AS sum FROM moments`),
    formers: async () =>
      (await readClusterFolder(withSettings(target, sandboxSettings))).generations
        .flatMap(({ isCurrent, replacedBy }) => (isCurrent || replacedBy === undefined ? [] : [replacedBy]))
        .sort(),
  };
}

test(
  'a chain of refreshes and rollbacks on PostgreSQL › has the checksums of each level again, beside two former databases at most',
  { timeout: 180_000 },
  async () => {
    const house = aHouse(await withSecrets());
    const before: unknown[] = [];
    const runs: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await house.work(1000 * (n + 1));
      before.push(await house.checksums());
      runs.push(await house.refresh());
      expect(await house.formers()).toEqual(runs.slice(-2));
    }
    expect(new Set(before.map((level) => JSON.stringify(level))).size).toBe(3);
    const [first = '', second = '', third = ''] = runs;
    const { plan } = await house.runOf(third);
    expect(plan?.binding).toMatchObject({ retires: [first], earlier: [{ runId: second }] });
    expect(plan?.formers?.map(({ runId }) => runId).sort()).toEqual([first, second]);
    for (const { sizeBytes } of plan?.formers ?? []) expect(sizeBytes).toBeGreaterThan(1_000_000);
    expect((await house.runOf(first)).isPreviousRetired).toBe(true);

    await house.rollBack(third);
    expect(await house.checksums()).toEqual(before[2]);
    // The chain goes on from there, and back again.
    const fourth = await house.refresh();
    expect(await house.formers()).toEqual([second, fourth]);
    await house.rollBack(fourth);
    expect(await house.checksums()).toEqual(before[2]);
    await house.rollBack(second);
    expect(await house.checksums()).toEqual(before[1]);
    expect(await house.formers()).toEqual([]);
  },
);
