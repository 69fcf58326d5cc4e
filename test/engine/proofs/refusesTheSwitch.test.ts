import { expect, test } from 'vitest';
import type { ReadSession, Session } from '../../../engine/environments/provider.ts';
import type { Run } from '../../../engine/contracts.ts';
import { InjectedError } from '../doubles/troubles.ts';
import { address, fact, printer } from '../doubles/smallCompany.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House, type HouseOptions } from '../house.ts';

const ENDPOINT = 'https://erp.contoso-prod.net/api/v2';
const HOST = 'erp.contoso-prod.net';

/** Production has an address where a rule clears it. */
function aCompany(options: HouseOptions = {}): House {
  const house = aHouse(options);
  house.world.commit('application', {
    sql: 'INSERT INTO public."LOGISTICSELECTRONICADDRESS" ("RECID", "LOCATOR") VALUES ($1, $2)',
    parameters: [5, ENDPOINT],
  });
  return house;
}

/** … and once more where no rule speaks of it. */
function aLeakyCompany(options: HouseOptions = {}): House {
  const house = aCompany(options);
  house.world.commit('application', fact('HELP', `call ${HOST.toUpperCase()} first`));
  return house;
}

async function approved(house: House): Promise<string> {
  const at = house.clock.now();
  void house.clock.advance(1000);
  // Later than the moment, so that it can be reached.
  house.world.commit('financialReporting', address(4));
  return (await house.approvedRun({ at })).runId;
}

const isLeft = (house: House): readonly string[] =>
  [...house.world.databasesOf('uat')].flatMap(([name, { rows }]) =>
    rows
      .prepare('PRAGMA database_list')
      .all()
      .some((each) => each['name'] === 'rewind')
      ? [name]
      : [],
  );

const proofsOf = ({ proofs = [] }: Run) =>
  proofs.map(({ step, proofs: made }) => [
    step,
    made.map(({ name, searched, findings }) => [name, searched.values, findings.length]),
  ]);

test('a copy in which nothing is found › is switched, with both proofs recorded and nothing of what was sought left', async () => {
  const house = aCompany();
  const runId = await approved(house);
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run.state).toBe('completed');
  expect(proofsOf(run)).toEqual([
    [
      'verify-sanitization',
      [
        ['post-conditions', 0, 0],
        ['coverage', 0, 0],
        ['search', 0, 0],
        ['hosts', 2, 0],
      ],
    ],
    [
      'apply-target-settings',
      [
        ['post-conditions', 0, 0],
        ['search', 0, 0],
        ['hosts', 2, 0],
      ],
    ],
  ]);
  expect(run.proofs?.[0]?.proofs[2]?.notSearched).toContainEqual({
    what: 'full names',
    why: 'no chosen rule pack masks them',
  });
  expect(isLeft(house)).toEqual([]);
});

test('a copy in which something is found › is not switched; places are named, values nowhere', async () => {
  const house = aLeakyCompany();
  const runId = await approved(house);
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run).toMatchObject({
    state: 'failed',
    targetState: 'old',
    failure: { step: 'verify-sanitization', code: 'protected-values-found' },
  });
  expect(run.failure?.message).toContain('axdb.public.SYSENVIRONMENTINFO.VALUE (host, 1 row)');
  expect(run.copyKeptUntil).toBeDefined();
  const said = `${JSON.stringify(await house.journal.records(runId))}${await house.logged(runId)}`.toLowerCase();
  expect(said).not.toContain('contoso-prod');
  expect(await house.logged(runId)).toContain('FOUND: axdb.public.SYSENVIRONMENTINFO.VALUE (host, 1 row)');
});

test('a copy in which something is found › may be tried again, and is refused again', async () => {
  const house = aLeakyCompany();
  const runId = await approved(house);
  await house.proceed(runId);
  await house.desk.retry((await house.run(runId)).requestedBy, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).failure?.code).toBe('protected-values-found');
});

const OF_UAT = printer(10, `prints to ${ENDPOINT}`);

async function switched(house: House, runId: string): Promise<Run> {
  await house.desk.switchNow((await house.run(runId)).requestedBy, runId);
  await house.proceed(runId);
  return house.run(runId);
}

test('what the settings of the sandbox wrote › is searched as well, before the switch', async () => {
  const house = aCompany({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
  house.world.change('uat', 'application', OF_UAT);
  const runId = await approved(house);
  // Away while is noted what the sandbox has of its own.
  house.world.change('uat', 'application', { sql: 'DELETE FROM public."PRINTMGMTSETTINGS" WHERE "RECID" = 10' });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  house.world.change('uat', 'application', OF_UAT);
  const run = await switched(house, runId);
  expect(run.failure).toMatchObject({ step: 'apply-target-settings', code: 'protected-values-found' });
  expect(run.failure?.message).toContain('PRINTMGMTSETTINGS.PRINTER');
  expect(run.targetState).toBe('old');
});

test('what is added to the sandbox behind the plan › stays behind and is listed, and the run goes on', async () => {
  const house = aCompany({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
  const runId = await approved(house);
  await house.proceed(runId);
  house.world.change('uat', 'application', OF_UAT);
  const run = await switched(house, runId);
  expect(run.state).toBe('completed');
  expect(run.steps.find(({ name }) => name === 'apply-target-settings')?.detail).toBe(
    '1 row kept from the sandbox, by 1 rule, 1 left, added or changed since the plan',
  );
  expect(await house.logged(runId)).toContain(
    'printers (PRINTMGMTSETTINGS): 1 row left, added or changed since the plan',
  );
  const text = await house.journal.report(runId, run.report?.sha256 ?? '');
  expect(JSON.parse(text ?? '')).toMatchObject({
    report: { rules: expect.arrayContaining([expect.objectContaining({ rule: 'printers', left: 1 })]) as unknown },
  });
});

test('what the sandbox keeps of its own › is no finding, though production has the same', async () => {
  const house = aCompany();
  house.world.change('uat', 'application', printer(10, `prints to ${ENDPOINT}`));
  const runId = await approved(house);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a switch that failed › may be tried again; the hashes are gone by then, and the proof says so', async () => {
  const house = aCompany();
  const runId = await approved(house);
  house.world.inject({ at: 'swap:3', error: new InjectedError() });
  await house.proceed(runId);
  const failed = await house.run(runId);
  expect([failed.state, isLeft(house)]).toEqual(['failed', []]);
  await house.desk.retry(failed.requestedBy, runId);
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run.state).toBe('completed');
  expect(proofsOf(run)[0]).toEqual([
    'verify-sanitization',
    [
      ['post-conditions', 0, 0],
      ['coverage', 0, 0],
      ['search', 0, 0],
      ['hosts', 2, 0],
    ],
  ]);
  expect(run.proofs?.[1]?.proofs[1]?.notSearched).toEqual([
    {
      what: 'what the settings of the sandbox and its profile wrote',
      why: 'an earlier attempt to switch has destroyed the hashes of what was sought',
    },
  ]);
});

/** Its worker is gone at the nth thing that it asks of a copy. */
function dyingAt(nth: number, worker: AbortController): HouseOptions {
  let asked = 0;
  const step = () => {
    asked += 1;
    if (asked !== nth) return;
    worker.abort();
    worker.signal.throwIfAborted();
  };
  const dying = <Kind extends ReadSession | Session>(session: Kind): Kind => {
    const changed: Record<string, unknown> = { ...session };
    for (const name of ['select', 'pour', 'execute', 'executeTogether'] as const) {
      const own: unknown = Reflect.get(session, name);
      if (typeof own !== 'function') continue;
      changed[name] = async (...operands: unknown[]) => {
        step();
        // What a session does with its own operands.
        return (await Reflect.apply(own, session, operands)) as unknown;
      };
    }
    // The same members as before.
    return changed as unknown as Kind;
  };
  return {
    provider: withWriter((writer) => ({
      session: async (side, role) => dying(await writer.session(side, role)),
      read: async (side, role) => dying(await writer.read(side, role)),
    })),
  };
}

test.for([
  ['found', aLeakyCompany, 'failed protected-values-found'],
  ['not found', aCompany, 'completed'],
] as const)('a worker that is gone at any moment › changes nothing of what is %s', async ([, company, end]) => {
  let isOver = false;
  for (let nth = 1; !isOver; nth += 4) {
    const worker = new AbortController();
    const house = company(dyingAt(nth, worker));
    const runId = await approved(house);
    await house.proceed(runId, { signal: worker.signal });
    isOver = !worker.signal.aborted;
    if (!isOver) await house.proceed(runId);
    const { state, failure } = await house.run(runId);
    const left = state === 'completed' ? isLeft(house) : [];
    expect([nth, [state, failure?.code].join(' ').trim(), left]).toEqual([nth, end, []]);
  }
});
