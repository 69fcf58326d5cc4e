import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseRole, Instant, Sandbox, Source } from '../../../engine/contracts.ts';
import { FencedError, RecoveryPointUnreachableError } from '../../../engine/environments/errors.ts';
import { actOn } from './actOn.ts';
import type { Action, ActContext, Provider, ReadSession } from '../../../engine/environments/provider.ts';
import type { Observation } from '../../../engine/environments/observation.ts';

/**
 * A production and a target on some platform. Both databases of production hold a table `moments` with one row per
 * `commit()`, numbered from 1; the target's hold rows of its own.
 */
export interface ConformanceFixture extends AsyncDisposable {
  readonly provider: Provider;
  readonly source: Source;
  readonly target: Sandbox;
  /** Adds the next row to both databases of production; the returned instant lies after it and before anything later. */
  commit(): Promise<Instant>;
  /** Makes everything up to the last commit but one reachable. */
  archive(): Promise<void>;
  rowsInProduction(): Promise<readonly number[]>;
  readonly rowsInTargetAtFirst: readonly number[];
  /** A source whose backups do not reach `inGap`, but `before` and `after`. Absent where a platform knows no gaps. */
  readonly sourceWithGap?: () => Promise<{
    readonly source: Source;
    readonly before: Instant;
    readonly inGap: Instant;
    readonly after: Instant;
    readonly reason: string;
  }>;
  /** A source of which a restore fails once `break` was called, after a plan was made and something was remembered. */
  breakChain(at: Instant): Promise<{ readonly source: Source; readonly break: () => Promise<void> }>;
  /** Differs when anything in production changed, or was written where its backups lie. */
  productionFingerprint(): Promise<string>;
  /** Whether a login of the target other than the service gets in and reads a row. Fails if one of production's gets in anywhere. */
  canOrdinaryLogin(side: 'target' | 'incoming'): Promise<boolean>;
  /** An ordinary user's open transaction in the target. */
  holdTransaction(): Promise<AsyncDisposable>;
}

const parameter = ({ dialect }: ReadSession) => (dialect === 'mssql' ? '@1' : '$1');

/** It says what to do next. */
const ERROR_OF_OURS = { remedy: expect.any(String) };

/** What every provider must do, whatever the platform. One test after the other on one world, each leaving it as it was. */
export function conformanceSuite(name: string, makeFixture: () => Promise<ConformanceFixture>): void {
  let fixture: ConformanceFixture;
  let moments: Instant[];
  let fence = 1;
  let runs = 0;
  let atFirst: string;

  beforeAll(async () => {
    fixture = await makeFixture();
    moments = [];
    for (let n = 0; n < 4; n += 1) moments.push(await fixture.commit());
    await fixture.archive();
    await fixture.commit();
    await fixture.archive();
    atFirst = await fixture.productionFingerprint();
  });
  afterAll(() => fixture[Symbol.asyncDispose]());

  const later = (instant: Instant, ms: number) => new Date(Date.parse(instant) + ms).toISOString();
  const newRun = () => `R-${String((runs += 1))}`;
  const moment = (index: number) => moments[index] ?? '';

  function aContext(runId: string, parts: Partial<ActContext> = {}): ActContext {
    return {
      source: fixture.source,
      target: fixture.target,
      runId,
      at: moment(1),
      fence,
      signal: new AbortController().signal,
      remember: async () => undefined,
      remembered: {},
      progress: () => undefined,
      log: () => undefined,
      ...parts,
    };
  }
  const act = (action: Action, runId: string, parts: Partial<ActContext> = {}) =>
    actOn(fixture.provider, action, aContext(runId, parts));
  const observe = (runId: string) => fixture.provider.observe(fixture.target, runId, fixture.source);
  const brief = ({ target, isOpen }: Observation) => ({ target, isOpen });
  const artefact = (world: Observation, role: string, runId: string) =>
    world.artefacts.find((one) => one.role === role && one.runId === runId)?.state;

  async function rows(side: 'target' | 'incoming', database: DatabaseRole, runId: string): Promise<number[]> {
    await using session = await fixture.provider.session(fixture.target, side, database, runId);
    const found = await session.select<{ n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
    return found.map((row) => row.n);
  }
  const bothRows = async (side: 'target' | 'incoming', runId: string) => [
    await rows(side, 'application', runId),
    await rows(side, 'financialReporting', runId),
  ];
  const untouched = async (runId: string) => {
    expect(brief(await observe(runId))).toEqual({ target: 'old', isOpen: true });
    expect(await bothRows('target', runId)).toEqual([fixture.rowsInTargetAtFirst, fixture.rowsInTargetAtFirst]);
    expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  };

  /** Acts again and again, dying one line of the log later each time, until it gets through. */
  async function dieEverywhere(action: Action, runId: string, afterDeath: (death: number) => Promise<void>) {
    for (let death = 0; ; death += 1) {
      let lines = 0;
      const log = () => {
        lines += 1;
        if (lines > death) throw new Error('killed');
      };
      const outcome = await act(action, runId, { log }).then(
        () => 'done',
        (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
      );
      if (outcome === 'done') return death;
      expect(outcome).toBe('killed');
      await afterDeath(death);
    }
  }

  test(`${name} › survey › shows windows that ascend, and where they end`, async () => {
    const survey = await fixture.provider.survey(fixture.source);
    const last = survey.windows.at(-1);
    expect(survey.source).toBe(fixture.source.name);
    expect(survey.windows.every(({ from, to }) => Date.parse(from) <= Date.parse(to))).toBe(true);
    expect(Date.parse(last?.from ?? '')).toBeLessThanOrEqual(Date.parse(moment(0)));
    expect(Date.parse(last?.to ?? '')).toBeGreaterThanOrEqual(Date.parse(moment(3)));
    expect(Date.parse(last?.to ?? '')).toBeLessThanOrEqual(Date.parse(survey.measuredAt));
  });

  test(`${name} › plan › binds one instant for both databases and two different identities`, async () => {
    const plan = await fixture.provider.plan(fixture.source, fixture.target, moment(1));
    expect(plan.at).toEqual({ application: moment(1), financialReporting: moment(1) });
    expect(plan.chain.length).toBeGreaterThan(0);
    expect(plan.sourceIdentity).not.toBe(plan.targetIdentity);
    expect(await fixture.provider.plan(fixture.source, fixture.target, moment(1))).toEqual(plan);
  });

  test(`${name} › plan › refuses a moment before the window and names the nearest`, async () => {
    const [window] = (await fixture.provider.survey(fixture.source)).windows;
    const refusal = fixture.provider.plan(fixture.source, fixture.target, later(window?.from ?? '', -3_600_000));
    await expect(refusal).rejects.toThrow(RecoveryPointUnreachableError);
    await expect(refusal).rejects.toMatchObject({ remedy: expect.stringContaining(window?.from ?? '') });
  });

  test(`${name} › plan › refuses a moment in the future`, async () => {
    const { measuredAt, windows } = await fixture.provider.survey(fixture.source);
    const refusal = fixture.provider.plan(fixture.source, fixture.target, later(measuredAt, 3_600_000));
    await expect(refusal).rejects.toThrow(/future/);
    await expect(refusal).rejects.toMatchObject({
      remedy: expect.stringContaining(windows.at(-1)?.to ?? ''),
    });
  });

  test(`${name} › plan › refuses a moment after the last commit of an idle source, and reaches the end of the window`, async () => {
    const to = (await fixture.provider.survey(fixture.source)).windows.at(-1)?.to ?? '';
    await expect(fixture.provider.plan(fixture.source, fixture.target, later(to, 1))).rejects.toThrow(
      RecoveryPointUnreachableError,
    );
    const runId = newRun();
    await act('restore', runId, { at: to });
    const allButOne = (await fixture.rowsInProduction()).slice(0, -1);
    for (const found of await bothRows('incoming', runId)) expect(found.slice(0, allButOne.length)).toEqual(allButOne);
    await act('drop-incoming', runId);
  });

  test(`${name} › restore › brings both databases to the exact instant beside the target, closed to all but the service`, async () => {
    const runId = newRun();
    const percents: (number | undefined)[] = [];
    const remembered: string[] = [];
    await act('restore', runId, {
      progress: (percent) => percents.push(percent),
      remember: async (key) => void remembered.push(key),
    });
    expect(await bothRows('incoming', runId)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(await fixture.canOrdinaryLogin('incoming')).toBe(false);
    expect(artefact(await observe(runId), 'incoming', runId)).toBe('closed');
    expect(remembered.length).toBeGreaterThan(0);
    const known = percents.filter((percent) => percent !== undefined);
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    // A platform of phases says that it goes on, and never how far it is.
    expect(percents.length).toBeGreaterThan(0);
    expect(known.length > 0).toBe(fixture.provider.guarantees.progress === 'percent');
    await untouched(runId);

    await act('restore', runId);
    expect(await bothRows('incoming', runId)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(
      await fixture.provider.open(fixture.target, aContext(runId), fixture.source).checkIntegrity('full'),
    ).not.toBe('');
    await act('drop-incoming', runId);
    await act('drop-incoming', runId);
    expect(artefact(await observe(runId), 'incoming', runId)).toBeUndefined();
    await untouched(runId);
  });

  test(`${name} › restore › gets there again after dying at every line of its log`, async () => {
    const runId = newRun();
    const deaths = await dieEverywhere('restore', runId, () => untouched(runId));
    expect(deaths).toBeGreaterThan(1);
    expect(await bothRows('incoming', runId)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const copies = (await observe(runId)).artefacts.filter(({ role }) => role === 'incoming');
    expect(copies.every((one) => one.runId === runId && one.state === 'closed')).toBe(true);
    await act('drop-incoming', runId);
  });

  test(`${name} › restore › stops soon when asked to, and leaves nothing after the drop`, async () => {
    const runId = newRun();
    const stop = new AbortController();
    let stoppedAt = 0;
    const startedAt = performance.now();
    const progress = () => {
      stoppedAt ||= performance.now();
      stop.abort(new Error('stopped by a person'));
    };
    await expect(act('restore', runId, { signal: stop.signal, progress })).rejects.toThrow('stopped by a person');
    // Within 2 s, or on a busy machine in proportion to what it took to get there.
    expect(performance.now() - stoppedAt).toBeLessThan(Math.max(2_000, 5 * (stoppedAt - startedAt)));
    await act('drop-incoming', runId);
    expect(artefact(await observe(runId), 'incoming', runId)).toBeUndefined();
    await untouched(runId);
  });

  test(`${name} › restore › fails without touching the target when a backup vanishes after the plan`, async () => {
    const runId = newRun();
    const chain = await fixture.breakChain(moment(3));
    await fixture.provider.plan(chain.source, fixture.target, moment(3));
    await expect(
      act('restore', runId, { source: chain.source, at: moment(3), remember: () => chain.break() }),
    ).rejects.toMatchObject(ERROR_OF_OURS);
    expect(artefact(await observe(runId), 'incoming', runId)).toBe('restoring');
    await expect(act('swap', runId)).rejects.toMatchObject(ERROR_OF_OURS);
    await act('drop-incoming', runId);
    await untouched(runId);
  });

  test(`${name} › swap › puts the copy under the target's name, closed, although the target is in use; open lets its own logins in`, async () => {
    const runId = newRun();
    await act('restore', runId);
    await using _inUse = await fixture.holdTransaction();
    await act('swap', runId);
    const world = await observe(runId);
    expect(brief(world)).toEqual({ target: 'new', isOpen: false });
    expect(world.artefacts.filter(({ role }) => role === 'previous').length).toBeGreaterThan(0);
    expect(await fixture.canOrdinaryLogin('target')).toBe(false);
    expect(await bothRows('target', runId)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    // The proof is repeated there before anybody is let in.
    {
      const writer = fixture.provider.open(fixture.target, aContext(runId), fixture.source);
      await using closed = await writer.read('target', 'application');
      expect(await closed.select(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'))).toHaveLength(2);
    }
    await act('swap', runId);
    expect(brief(await observe(runId))).toEqual({ target: 'new', isOpen: false });

    await act('open', runId);
    await act('open', runId);
    expect(brief(await observe(runId))).toEqual({ target: 'new', isOpen: true });
    expect(await fixture.canOrdinaryLogin('target')).toBe(true);

    await act('swap-back', runId);
    await act('swap-back', runId);
    await untouched(runId);
    expect(await fixture.canOrdinaryLogin('incoming')).toBe(false);
    await act('drop-incoming', runId);
    await untouched(runId);
  });

  test(`${name} › swap › is finished by a second call wherever the first one died; both databases or none`, async () => {
    const runId = newRun();
    await act('restore', runId);
    const deaths = await dieEverywhere('swap', runId, async () => {
      const { target } = await observe(runId);
      // What stands there is whole: never one database of each.
      const isThere = target === 'old' || target === 'new';
      const found = isThere ? await bothRows('target', runId) : [];
      const whole = { old: fixture.rowsInTargetAtFirst, new: [1, 2], none: [], split: [] }[target];
      expect(found).toEqual(isThere ? [whole, whole] : []);
    });
    expect(deaths).toBeGreaterThan(2);
    expect(brief(await observe(runId))).toEqual({ target: 'new', isOpen: false });
    expect(await bothRows('target', runId)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const backDeaths = await dieEverywhere('swap-back', runId, async () => undefined);
    expect(backDeaths).toBeGreaterThan(1);
    await untouched(runId);
    await act('drop-incoming', runId);
  });

  test(`${name} › swap › is undone by swap-back wherever it died, and can be tried again with the same copy`, async () => {
    const runId = newRun();
    await act('restore', runId);
    await dieEverywhere('swap', runId, async () => {
      await act('swap-back', runId);
      await untouched(runId);
      await act('restore', runId);
      expect(await bothRows('incoming', runId)).toEqual([
        [1, 2],
        [1, 2],
      ]);
    });
    await act('swap-back', runId);
    await act('drop-incoming', runId);
    await untouched(runId);
  });

  test(`${name} › drop-previous › drops what this run replaced and nothing else; an older run's previous is kept`, async () => {
    const [first, second] = [newRun(), newRun()];
    for (const runId of [first, second]) {
      await act('restore', runId, { at: moment(runId === first ? 1 : 2) });
      await act('swap', runId);
    }
    // The first one was never opened: its database is the target's all the same, and so are the target's logins.
    await act('open', second);
    expect(brief(await observe(second))).toEqual({ target: 'new', isOpen: true });
    expect(brief(await observe(first))).toEqual({ target: 'old', isOpen: true });
    await expect(act('swap-back', first)).rejects.toMatchObject(ERROR_OF_OURS);
    expect(await rows('target', 'application', second)).toEqual([1, 2, 3]);

    await act('drop-previous', second);
    await act('drop-previous', second);
    await expect(act('swap-back', second)).rejects.toMatchObject(ERROR_OF_OURS);
    expect(brief(await observe(second))).toEqual({ target: 'new', isOpen: true });
    expect(await rows('target', 'application', second)).toEqual([1, 2, 3]);
    const kept = (await observe(second)).artefacts.filter(({ role }) => role === 'previous');
    expect(kept.length).toBeGreaterThan(0);
    await act('drop-previous', first);
    expect((await observe(second)).artefacts.filter(({ role }) => role === 'previous')).toEqual([]);
    expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  });

  test(`${name} › fence › refuses every act of a worker that another one has overtaken`, async () => {
    const runId = newRun();
    fence += 5;
    await act('restore', runId);
    const before = await observe(runId);
    for (const action of ['restore', 'swap', 'swap-back', 'open', 'drop-incoming', 'drop-previous'] as const) {
      await expect(act(action, runId, { fence: fence - 1 })).rejects.toThrow(FencedError);
    }
    expect(await observe(runId)).toEqual(before);
    await act('drop-incoming', runId);
  });

  test(`${name} › plan › names the copies that runs have left beside the target, with their size`, async () => {
    const copies = async () =>
      (await fixture.provider.plan(fixture.source, fixture.target, moments[1] ?? '')).copies ?? [];
    expect(await copies()).toEqual([]);
    const runId = newRun();
    await act('restore', runId);
    const [copy, ...others] = await copies();
    expect(copy).toMatchObject({ runId, names: expect.arrayContaining([expect.any(String)]) as string[] });
    expect(copy?.sizeBytes).toBeGreaterThan(0);
    expect(others).toEqual([]);
    // What is in use or kept for a way back is no copy.
    await act('swap', runId);
    expect(await copies()).toEqual([]);
    await act('swap-back', runId);
    expect((await copies()).map((one) => one.runId)).toEqual([runId]);
    await act('drop-incoming', runId);
    expect(await copies()).toEqual([]);
  });

  test(`${name} › fence › refuses each statement of a session whose worker was overtaken, and opens it none`, async () => {
    const runId = newRun();
    fence += 2;
    await act('restore', runId);
    const before = fixture.provider.open(fixture.target, aContext(runId), fixture.source);
    await using session = await before.session('incoming', 'application');
    expect(await session.execute(CompiledQuery.raw('INSERT INTO moments (n) VALUES (100)'))).toEqual({ rowCount: 1 });
    fence += 1;
    await using next = await fixture.provider
      .open(fixture.target, aContext(runId), fixture.source)
      .session('incoming', 'application');
    await expect(session.execute(CompiledQuery.raw('DELETE FROM moments'))).rejects.toThrow(FencedError);
    await expect(before.session('incoming', 'application')).rejects.toThrow(FencedError);
    expect(await next.execute(CompiledQuery.raw('DELETE FROM moments WHERE n = 100'))).toEqual({ rowCount: 1 });
    await next[Symbol.asyncDispose]();
    expect(await rows('incoming', 'application', runId)).toEqual([1, 2]);
    await act('drop-incoming', runId);
  });

  test(`${name} › session › carries several statements out together, all of them or none`, async () => {
    const runId = newRun();
    await act('restore', runId);
    const before = fixture.provider.open(fixture.target, aContext(runId), fixture.source);
    await using session = await before.session('incoming', 'application');
    const insert = (n: unknown) => CompiledQuery.raw(`INSERT INTO moments (n) VALUES (${parameter(session)})`, [n]);
    const remove = (n: number) => CompiledQuery.raw(`DELETE FROM moments WHERE n >= ${parameter(session)}`, [n]);
    expect(await session.executeTogether([])).toEqual([]);
    expect(await session.executeTogether([insert(100), insert(101), remove(101)])).toEqual([1, 1, 1]);
    await expect(
      session.executeTogether([remove(100), CompiledQuery.raw('DELETE FROM no_such_table')]),
    ).rejects.toThrow(/./);
    expect(await session.executeTogether([remove(200), remove(1)])).toEqual([0, 3]);
    fence += 1;
    await using next = await fixture.provider
      .open(fixture.target, aContext(runId), fixture.source)
      .session('incoming', 'application');
    await next.executeTogether([insert(1), insert(2)]);
    await expect(session.executeTogether([remove(1), insert(7)])).rejects.toThrow(FencedError);
    await expect(session.maintain(CompiledQuery.raw('CHECKPOINT'))).rejects.toThrow(FencedError);
    await next.maintain(CompiledQuery.raw('CHECKPOINT'));
    await next[Symbol.asyncDispose]();
    expect(await rows('incoming', 'application', runId)).toEqual([1, 2]);
    await act('drop-incoming', runId);
  });

  test(`${name} › session › ends with the hold, and carries nothing out any more`, async () => {
    const runId = newRun();
    await act('restore', runId);
    const stop = new AbortController();
    const writer = fixture.provider.open(fixture.target, aContext(runId, { signal: stop.signal }), fixture.source);
    await using session = await writer.session('incoming', 'application');
    stop.abort(new Error('the lease is over'));
    await expect(session.execute(CompiledQuery.raw('DELETE FROM moments'))).rejects.toThrow('the lease is over');
    await expect(act('drop-incoming', runId, { signal: stop.signal })).rejects.toThrow('the lease is over');
    expect(await rows('incoming', 'application', runId)).toEqual([1, 2]);
    await act('drop-incoming', runId);
  });

  test(`${name} › session › of a source cannot write`, async () => {
    await using session = await fixture.provider.session(fixture.source, 'source', 'application');
    await expect(session.select(CompiledQuery.raw('DELETE FROM moments'))).rejects.toThrow(/read.?only/);
    expect('execute' in session).toBe(false);
  });

  test(`${name} › measure › tells the environments apart, also after a refresh`, async () => {
    const source = await fixture.provider.measure(fixture.source);
    const target = await fixture.provider.measure(fixture.target);
    expect(source.identity).toBeDefined();
    expect(target.identity).toBeDefined();
    expect(source.identity).not.toBe(target.identity);
    expect(target.sizeBytes).toBeGreaterThan(0);
  });

  test(`${name} › reachers › names administrators of the server and owners of its databases, twenty of each at most`, async () => {
    const { administrators, owners } = await fixture.provider.reachers(fixture.target);
    expect(administrators.count).toBeGreaterThan(0);
    for (const { names, count } of [administrators, owners]) {
      expect(names.length).toBe(Math.min(count, 20));
      expect(names).toEqual([...new Set(names)].toSorted());
    }
  });

  test(`${name} › handbook and command variables › name both sides`, async () => {
    const { finish, undo } = await fixture.provider.handbook(fixture.target, 'R-1', fixture.source);
    expect(finish.length).toBeGreaterThan(0);
    expect(undo.length).toBeGreaterThan(0);
    for (const side of ['target', 'incoming'] as const) {
      expect(Object.keys(fixture.provider.commandVariables(fixture.target, side, 'R-1')).toSorted()).toEqual([
        'REWIND_APPLICATION_DATABASE',
        'REWIND_APPLICATION_URL',
        'REWIND_FINANCIAL_REPORTING_DATABASE',
        'REWIND_PORT',
        'REWIND_SERVER',
      ]);
    }
  });

  test(`${name} › production › is what it was, whatever happened`, async () => {
    expect(await fixture.productionFingerprint()).toBe(atFirst);
  });

  /** Where a platform makes and keeps the backups itself, one window is all there is. */
  async function hasNoGap(): Promise<void> {
    const { windows, gaps } = await fixture.provider.survey(fixture.source);
    expect({ windows: windows.length, gaps }).toEqual({ windows: 1, gaps: [] });
  }

  async function showsGap(makeGap: NonNullable<ConformanceFixture['sourceWithGap']>): Promise<void> {
    const { source, before, inGap, after, reason } = await makeGap();
    const survey = await fixture.provider.survey(source);
    const [gap, ...others] = survey.gaps;
    expect(others).toEqual([]);
    expect(gap?.reason).toBe(reason);
    expect(survey.windows).toHaveLength(2);
    expect(gap).toMatchObject({ from: survey.windows[0]?.to, to: survey.windows[1]?.from });
    const refusal = fixture.provider.plan(source, fixture.target, inGap);
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toMatchObject({ remedy: expect.stringContaining(gap?.from ?? '') });
    await expect(refusal).rejects.toMatchObject({ remedy: expect.stringContaining(gap?.to ?? '') });
    for (const at of [before, after])
      expect((await fixture.provider.plan(source, fixture.target, at)).at.application).toBe(at);
  }

  test(`${name} › survey › shows a gap with its reason; plan refuses a moment in it and reaches both sides`, async () => {
    const { sourceWithGap } = fixture;
    await expect(sourceWithGap === undefined ? hasNoGap() : showsGap(sourceWithGap)).resolves.toBeUndefined();
  });
}
