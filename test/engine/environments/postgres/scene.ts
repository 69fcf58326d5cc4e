import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { Instant, Sandbox } from '../../../../engine/contracts.ts';
import { STAGING } from '../../../../engine/environments/postgres/fence.ts';
import { readClusterFolder } from '../../../../engine/environments/postgres/generations.ts';
import { sandboxSettings } from '../../../../engine/environments/postgres/settings.ts';
import type { Action, Writer } from '../../../../engine/environments/provider.ts';
import type { Observation } from '../../../../engine/environments/observation.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import { actOn } from '../actOn.ts';
import { createPostgresFixture, type PostgresFixture } from './fixture.ts';

export interface PostgresScene {
  fixture(): PostgresFixture;
  /** The moment that every restore goes to: production has one row there, and two by now. */
  at(): Instant;
  /** By a worker that came after all before it. */
  act(action: Action, runId: string, target?: Sandbox): Promise<void>;
  /** Where the next worker prepares what it puts into a data directory. */
  stagingOfNext(): string;
  /** Of the next worker. */
  writer(runId: string, target?: Sandbox): Writer;
  observe(runId: string): Promise<Observation>;
  rows(side: 'target' | 'incoming'): Promise<readonly number[]>;
  /** Path of the data directory with such a name; empty when there is none. */
  folderOf(pattern: RegExp): Promise<string>;
}

/** Two clusters for one test file, started before its tests and gone behind them. */
export function aPostgresScene(): PostgresScene {
  let fixture: PostgresFixture;
  let at: Instant;
  let fence = 0;
  beforeAll(async () => {
    fixture = await createPostgresFixture();
    at = await fixture.commit();
    await fixture.commit();
    await fixture.archive();
  });
  afterAll(() => fixture[Symbol.asyncDispose]());
  return {
    fixture: () => fixture,
    at: () => at,
    act: (action, runId, target = fixture.target) =>
      actOn(fixture.provider, action, {
        ...{ source: fixture.source, target, runId, at, fence: (fence += 1) },
        ...{ signal: new AbortController().signal, remember: async () => undefined, remembered: {} },
        ...{ progress: () => undefined, log: () => undefined },
      }),
    stagingOfNext: () => {
      const { folder } = fixture.target.settings as { readonly folder: string };
      return join(folder, 'generations', STAGING, String(fence + 1));
    },
    writer: (runId, target = fixture.target) =>
      fixture.provider.open(
        target,
        { runId, fence: (fence += 1), signal: new AbortController().signal },
        fixture.source,
      ),
    observe: (runId) => fixture.provider.observe(fixture.target, runId, fixture.source),
    async rows(side) {
      await using session = await fixture.provider.session(fixture.target, side, 'application');
      const rows = await session.select<{ n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
      return rows.map(({ n }) => n);
    },
    async folderOf(pattern) {
      const { generations } = await readClusterFolder(withSettings(fixture.target, sandboxSettings));
      return generations.find(({ name }) => pattern.test(name))?.dataFolder ?? '';
    },
  };
}
