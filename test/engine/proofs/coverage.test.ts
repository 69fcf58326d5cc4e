import { expect, test } from 'vitest';
import type { ProofResult, Run } from '../../../engine/contracts.ts';
import type { ReadSession } from '../../../engine/environments/provider.ts';
import { readBaseline } from '../../../engine/sanitization/coverage/baseline.ts';
import { isOwnColumn } from '../../../engine/sanitization/coverage/applicationColumns.ts';
import { parsePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { proveCoverage } from '../../../engine/proofs/coverage.ts';
import { standingFor, whyNotCovered } from '../../../engine/journal/schedules/standing.ts';
import { aSandbox, MIRA } from '../../builders.ts';
import { fact, pack as small, promising } from '../doubles/smallCompany.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House, type HouseOptions } from '../house.ts';

async function ran(house: House): Promise<Run> {
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact('LATER', 'nothing'));
  const { runId } = await house.approvedRun({ at });
  await house.proceed(runId);
  return house.run(runId);
}

function aCompany(value: string, { parts, ...options }: HouseOptions = {}): House {
  const house = aHouse({ ...options, parts: { packs: () => [small, promising], ...parts } });
  house.world.commit('application', fact('NOTE', value));
  return house;
}

const coverageOf = ({ proofs = [] }: Run): ProofResult | undefined =>
  proofs.flatMap((step) => step.proofs).find(({ name }) => name === 'coverage');

test('the coverage of a copy › is counted by who has decided, and stands in the signed report', async () => {
  const house = aCompany('nothing of anybody');
  const run = await ran(house);
  expect(run.state).toBe('completed');
  expect(coverageOf(run)).toMatchObject({
    searched: { tables: 6, columns: 12 },
    // LOCATOR and all of PRINTMGMTSETTINGS in one database; LOCATOR is declared harmless in the other.
    coverage: { ruled: 3, harmless: 1, system: 3, unknown: 5, hasBaseline: false, more: 0 },
    notSearched: [{ what: 'rows of a table behind the first 2,000' }, { what: 'columns that are new' }],
    findings: [],
    sampled: false,
  });
  const text = await house.journal.report(run.runId, run.report?.sha256 ?? '');
  const { report } = JSON.parse(text ?? '') as {
    report: { proofs: readonly ProofResult[]; limits: readonly string[] };
  };
  expect(report.proofs.find(({ name }) => name === 'coverage')?.coverage?.unknown).toBe(5);
  expect(report.limits.join()).toContain('told by its name and by a sample of its values');
});

test.for([
  ['a mail address', 'ada@contoso.example', 'e-mail'],
  ['an IBAN', 'DE89370400440532013000', 'bank account'],
  ['a card number', '4012888888881881', 'payment card'],
  ['a password', 'Server=x;Password=hunter22', 'secret'],
] as const)(
  '%s in a column of which nobody has decided › refuses the switch, by place and never by value',
  async ([, value, kind]) => {
    const house = aCompany(value);
    const run = await ran(house);
    expect(run).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'columns-undecided' } });
    expect(run.failure?.message).toContain(`axdb.public.SYSENVIRONMENTINFO.VALUE (${kind}, 1 row)`);
    const said = `${JSON.stringify(await house.journal.records(run.runId))}${await house.logged(run.runId)}`;
    expect(said).toContain('FOUND: axdb.public.SYSENVIRONMENTINFO.VALUE');
    expect(said).not.toContain(value);
  },
);

test('what no chosen pack promises › refuses nothing, is named, and the proof says that it was not looked for', async () => {
  const run = await ran(aCompany('ada@contoso.example', { parts: { packs: () => [small] } }));
  expect(run.state).toBe('completed');
  expect(coverageOf(run)?.coverage?.suspicious).toMatchObject([
    { column: 'VALUE', looksLike: ['e-mail, by its values'] },
  ]);
  expect(coverageOf(run)?.notSearched).toContainEqual({
    what: 'mail addresses in columns without a rule',
    why: 'no chosen rule pack masks them',
  });
  // Secrets are nobody’s promise to make.
  const secret = await ran(aCompany('Server=x;Password=hunter22', { parts: { packs: () => [small] } }));
  expect(secret.failure?.code).toBe('columns-undecided');
});

test('what looks like an address of another system › warns, and refuses nothing', async () => {
  const run = await ran(aCompany('+49 30 123456789'));
  expect(run.state).toBe('completed');
  expect(coverageOf(run)?.coverage?.suspicious).toMatchObject([
    { table: 'SYSENVIRONMENTINFO', column: 'VALUE', looksLike: ['phone, by its values'] },
  ]);
});

test('a declaration with a pattern › settles what would refuse', async () => {
  const declared = { table: 'SYSENV*', columns: ['*ALUE'], reason: 'Ours', owner: 'Noor', date: '2026-11-30' };
  const harmless = parsePack({ name: 'ours', title: 'Ours', harmless: [declared] }, 'ours');
  const run = await ran(aCompany('ada@contoso.example', { parts: { packs: () => [small, promising, harmless] } }));
  expect([run.state, coverageOf(run)?.coverage?.harmless]).toEqual(['completed', 3]);
});

test.for([
  ['*', 'neither a name in upper case'],
  ['AB*', 'neither a name in upper case'],
  ['*TABLE', 'neither a name in upper case'],
] as const)('a pattern for tables like %s › is refused: it would mean too much', ([table, expected]) => {
  const declared = { table, columns: ['X'], reason: 'Ours', owner: 'Noor', date: '2026-11-30' };
  expect(() => parsePack({ name: 'ours', title: 'Ours', harmless: [declared] }, 'ours')).toThrow(expected);
});

const baseline = (columns: Readonly<Record<string, readonly string[]>>) =>
  readBaseline(JSON.stringify({ version: 1, tables: { 'public.SYSENVIRONMENTINFO': columns } }), 'accepted.json');

test.for([
  ['lists it, and what it looks like', { PARM: [], VALUE: ['e-mail'] }, 'completed'],
  ['lists it, looking like nothing', { PARM: [], VALUE: [] }, 'failed'],
  ['does not list it', { PARM: [] }, 'failed'],
] as const)('a mail address in a column › where the accepted baseline %s: %s', async ([, columns, end]) => {
  const house = aCompany('ada@contoso.example', { parts: { baseline: () => baseline(columns) } });
  expect((await ran(house)).state).toBe(end);
});

test('a text column that is new since the accepted baseline › refuses; one of the application’s own never is new', async () => {
  const options = { parts: { baseline: () => baseline({ VALUE: [] }) } };
  const run = await ran(aCompany('nothing of anybody', options));
  // SYSENVIRONMENTINFO.PARM is one of the application’s own, as far as public sources name them.
  expect(isOwnColumn({ schema: 'dbo', table: 'SYSENVIRONMENTINFO', column: 'PARM' })).toBe(true);
  expect(run.state).toBe('completed');
  const schema = { sql: 'ALTER TABLE public."SYSENVIRONMENTINFO" ADD COLUMN "CONTOSOREMARK"' };
  const described = {
    sql: `INSERT INTO information_schema.columns VALUES ('public', 'SYSENVIRONMENTINFO', 'CONTOSOREMARK', 'text', NULL, 'NO', 'NEVER', 'NO', 2)`,
  };
  const house = aCompany('nothing of anybody', options);
  for (const statement of [schema, described]) house.world.commit('application', statement);
  const refused = await ran(house);
  expect(refused.failure?.message).toContain('SYSENVIRONMENTINFO.CONTOSOREMARK (new column)');
});

test('coverage › goes by names alone once its time is over, and says of how many columns', async () => {
  const house = aCompany('ada@contoso.example');
  const run = await ran(house);
  expect(run.state).toBe('failed');
  const asked: string[] = [];
  const session = async (): Promise<ReadSession> => {
    const own = await house.parts.provider('model').session(aSandbox(), 'target', 'application');
    return { ...own, select: (query) => (asked.push(query.sql), own.select(query)) };
  };
  const proof = await proveCoverage({
    copy: { application: await session(), financialReporting: await session() },
    packs: [small, promising],
    target: aSandbox(),
    now: house.clock.now,
    budgetMs: 0,
  });
  expect(proof).toMatchObject({ sampled: true, findings: [] });
  expect(proof.notSearched.map(({ what, why }) => `${what}: ${why}`).join()).toMatch(/values of \d+ columns: the time/);
  expect(asked.filter((sql) => /limit 2000/.test(sql))).toEqual([]);
});

test('a column of many rows › is looked at in a sample, and the finding counts that', async () => {
  const house = aCompany('nothing');
  for (let n = 0; n < 2100; n += 1)
    house.world.commit('application', fact(String(n), `ada${String(n)}@contoso.example`));
  const run = await ran(house);
  expect(coverageOf(run)?.findings).toMatchObject([{ column: 'VALUE', kind: 'e-mail', count: 1999 }]);
});

test('the next plan › warns of what the last copy held, and of columns that nobody has decided about', async () => {
  const house = aCompany('ada@contoso.example');
  const { runId } = await ran(house);
  const { plan } = await house.run((await ran(house)).runId);
  const found = plan?.checks.find(({ name }) => name === 'found-in-last-copy');
  expect(found).toMatchObject({
    outcome: 'warning',
    title: expect.stringMatching(/^What the proofs found in the last copy \(1, list [0-9a-f]{8}\)$/) as string,
    detail: `in the copy of ${runId}: axdb.public.SYSENVIRONMENTINFO.VALUE (e-mail, 1 row)`,
  });
  const columns = plan?.checks.find(({ name }) => name === 'columns-decided');
  expect(columns).toMatchObject({
    outcome: 'warning',
    detail: expect.stringContaining('SYSENVIRONMENTINFO.VALUE') as string,
  });
});

test('an approval in advance › covers a later plan that warns of the same places, however many rows, and of no other', async () => {
  const house = aCompany('ada@contoso.example');
  const plans = async () => {
    const { plan } = await house.run((await ran(house)).runId);
    const checks = plan?.checks.filter(({ name }) => /found-in-last-copy|columns-decided/.test(name)) ?? [];
    // Without a schema nothing is bound in advance; kept copies of failed runs are another matter.
    return plan && { ...plan, checks, schema: 'same', binding: { ...plan.binding, dropsCopiesOf: [] } };
  };
  await plans();
  const [second, third] = [await plans(), await plans()];
  if (!second || !third) throw new Error('There is no plan');
  const until = new Date(Date.parse(house.clock.now()) + 1e9).toISOString();
  const approval = standingFor(second, { by: MIRA, at: house.clock.now(), until });
  expect(second.checks.some(({ name, outcome }) => name === 'found-in-last-copy' && outcome === 'warning')).toBe(true);
  expect(whyNotCovered(approval, third, house.clock.now())).toBeUndefined();
  house.world.commit('application', fact('MORE', 'bob@contoso.example'));
  await plans();
  expect(whyNotCovered(approval, (await plans()) ?? third, house.clock.now())).toBeUndefined();
  house.world.commit('application', fact('eve@contoso.example', 'x'));
  await plans();
  expect(whyNotCovered(approval, (await plans()) ?? third, house.clock.now())).toMatchObject({
    why: expect.stringContaining('What the proofs found in the last copy') as string,
  });
});

test('the first plan › says by names of the sandbox’s own columns what nobody has decided about, and looks at no value', async () => {
  const house = aHouse();
  const { plan } = await house.approvedRun();
  expect(plan?.checks.find(({ name }) => name === 'columns-decided')).toMatchObject({ outcome: 'passed' });
  expect(plan?.checks.some(({ name }) => name === 'found-in-last-copy')).toBe(false);
});

test('a worker that dies while the columns are looked at › leaves nothing decided, and the next one looks again', async () => {
  const worker = new AbortController();
  let isSampled = false;
  const dying = <Session extends ReadSession>(session: Session): Session => ({
    ...session,
    select: (query) => {
      if (/limit 2000/.test(query.sql) && !isSampled) {
        isSampled = true;
        worker.abort();
        worker.signal.throwIfAborted();
      }
      return session.select(query);
    },
  });
  const provider = withWriter((writer) => ({ read: async (side, role) => dying(await writer.read(side, role)) }));
  const house = aCompany('ada@contoso.example', { provider });
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact('LATER', 'nothing'));
  const { runId } = await house.approvedRun({ at });
  await house.proceed(runId, { signal: worker.signal });
  const between = await house.run(runId);
  expect([between.state, isSampled, coverageOf(between)]).toEqual(['in-progress', true, undefined]);
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).failure?.code).toBe('columns-undecided');
});
