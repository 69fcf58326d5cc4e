import { afterAll, beforeAll, expect, test } from 'vitest';
import { aScene, momentBehindNewFull, type Scene } from '../refresh.ts';

let scene: Scene;
let at: string;
const tester = 'tester_rewindtest';

// In production the names of the target's principals belong to others, who own something and cannot be dropped.
beforeAll(async () => {
  scene = await aScene();
  const production = (text: string) => scene.fixture.admin.query('prodax_rewindtest', text);
  const target = (text: string) => scene.fixture.admin.query('uatax_rewindtest', text);
  for (const statement of [
    `DROP USER [${tester}]`,
    `CREATE USER [${tester}] WITHOUT LOGIN`,
    `ALTER AUTHORIZATION ON SCHEMA::[aif] TO [${tester}]`,
    'CREATE ROLE [shipping]',
    `ALTER AUTHORIZATION ON ROLE::[shipping] TO [${tester}]`,
    'CREATE ROLE [clerk]',
    'CREATE USER [adopted] FOR LOGIN [sa_like]',
    'ALTER AUTHORIZATION ON SCHEMA::[edi] TO [adopted]',
    'CREATE USER [shell] WITHOUT LOGIN',
    'ALTER AUTHORIZATION ON SCHEMA::[etl] TO [shell]',
  ]) {
    if (statement.includes('sa_like'))
      for (const login of ['sa_like', 'clerk', 'adopted'])
        await scene.fixture.admin.query('master', `CREATE LOGIN [${login}] WITH PASSWORD = N'Conformance-2026!'`);
    await production(statement);
  }
  for (const statement of [
    'CREATE USER [clerk] FOR LOGIN [clerk]',
    'CREATE USER [adopted] FOR LOGIN [adopted]',
    'ALTER ROLE db_datareader ADD MEMBER [adopted]',
    'CREATE USER [shell] WITHOUT LOGIN',
    'CREATE ROLE [reporting]',
    'ALTER ROLE [reporting] ADD MEMBER [adopted]',
    'GRANT VIEW DATABASE STATE TO [reporting]',
  ])
    await target(statement);
  at = await momentBehindNewFull(scene);
});
afterAll(() => scene[Symbol.asyncDispose]());

const principal = (name: string) => {
  const found = scene.database('uatax_rewindtest').principals.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no principal ${name}`);
  return found;
};
const isDenied = (name: string) =>
  principal(name).permissions.some(({ state, name: right }) => state === 'DENY' && right === 'CONNECT');
const sidOf = (login: string) => scene.standIn.state.logins.find(({ name }) => name === login)?.sid;
const told = (from: number, text: string) => scene.log.slice(from).filter((line) => line.includes(text));

async function journey(runId: string, while_: () => Promise<void> = async () => undefined): Promise<number> {
  const from = scene.log.length;
  for (const action of ['restore', 'swap'] as const) await scene.act(action, runId, { at });
  await while_();
  await scene.act('open', runId, { at });
  expect(await scene.observe(runId)).toMatchObject({ target: 'new', isOpen: true });
  return from;
}
async function leave(runId: string): Promise<void> {
  await scene.act('swap-back', runId, { at });
  await scene.act('drop-incoming', runId, { at });
}

test('who reads the copy without the application › are sysadmins, those with CONTROL SERVER, owners and members of db_owner', async () => {
  const { fixture, service } = scene;
  for (const statement of [
    "CREATE LOGIN [dba] WITH PASSWORD = N'Conformance-2026!'",
    'ALTER SERVER ROLE sysadmin ADD MEMBER [dba]',
    "CREATE LOGIN [auditor] WITH PASSWORD = N'Conformance-2026!'",
    'GRANT CONTROL SERVER TO [auditor]',
  ])
    await fixture.admin.query('master', statement);
  await fixture.admin.query('uatax_rewindtest', 'ALTER ROLE db_owner ADD MEMBER [clerk]');
  const { administrators, owners, isComplete } = await fixture.provider.reachers(fixture.target);
  expect(administrators.names).toEqual(expect.arrayContaining(['auditor', 'dba', 'sa']));
  expect(owners.names).toEqual(expect.arrayContaining(['clerk', service]));
  expect(owners.names).not.toContain('dbo');
  expect(isComplete).toBe(true);
  await fixture.admin.query('uatax_rewindtest', 'ALTER ROLE db_owner DROP MEMBER [clerk]');
});

test('a user of the target whose name production gave to one without a login › is told with the statements, and the switch goes on (33016, 15138)', async () => {
  const from = await journey('R-1');
  expect(scene.standIn.statements.some(({ text }) => text.includes(`ALTER USER [${tester}]`))).toBe(false);
  expect(isDenied(tester)).toBe(true);
  expect([...principal(tester).roles]).toEqual([]);
  const [line = ''] = told(from, `${tester} of the target is left out`);
  expect(line).toContain('was made without a login, and never gets one');
  expect(told(from, 'clerk of the target is left out')[0]).toContain('production has a role of that name');
  expect(told(from, '2 users of the target wait')).toHaveLength(1);

  // What the log says does it.
  const [, byHand = ''] = /by hand: (.*)$/.exec(line) ?? [];
  await scene.fixture.admin.query('master', byHand);
  expect(principal(tester).sid).toBe(sidOf(tester));
  expect([...principal(tester).roles].toSorted()).toEqual(['db_datareader', 'db_datawriter']);
  await leave('R-1');
});

test('a user of production with a login who owns something › becomes the target’s of that name, and one without a login stays one', async () => {
  await journey('R-2');
  expect(principal('adopted').sid).toBe(sidOf('adopted'));
  expect([isDenied('adopted'), isDenied('shell')]).toEqual([false, false]);
  expect([...principal('adopted').roles].toSorted()).toEqual(['db_datareader', 'reporting']);
  await leave('R-2');
});

test.for([
  [/ALTER USER \[adopted\]/, 33_017, 'adopted of the target is left out', 'CREATE USER [adopted] FOR LOGIN [adopted]'],
  [/CREATE ROLE \[reporting\]/, 15_151, 'role reporting is left out', 'CREATE ROLE [reporting]'],
  [/db_datareader\] ADD MEMBER \[adopted\]/, 15_151, 'adopted is no member of', 'ADD MEMBER [adopted]'],
  [
    /GRANT VIEW DATABASE STATE/,
    15_151,
    'reporting lacks the target’s GRANT VIEW DATABASE STATE',
    'GRANT VIEW DATABASE',
  ],
  [/GRANT CONNECT TO \[adopted\]/, 15_151, 'adopted stays shut out', 'GRANT CONNECT TO [adopted]'],
  [/DROP ROLE \[rewind_waiting\]/, 15_144, 'the role rewind_waiting stays', ''],
] as const)(
  'a statement about one principal that is refused › %s: is told with the statement, and all others come in',
  async ([match, number, what, statement]) => {
    const runId = `R-${String(match.source.length)}-${String(number)}`;
    const fault = scene.standIn.fault({ match, nth: 'every', effect: { error: { number } } });
    const from = await journey(runId);
    fault.remove();
    const lines = told(from, what);
    expect(lines).not.toEqual([]);
    expect(lines.join('\n')).toContain(`SQL Server error ${String(number)}`);
    expect(lines.join('\n')).toContain(statement);
    expect(isDenied('shell')).toBe(false);
    await leave(runId);
  },
);

test('a user who cannot be shut out of a copy that was the target › is told, and the way back goes on', async () => {
  await journey('R-9');
  const from = scene.log.length;
  const fault = scene.standIn.fault({
    match: /DENY CONNECT TO \[shell\]/,
    nth: 'every',
    effect: { error: { number: 15_151 } },
  });
  await scene.act('swap-back', 'R-9', { at });
  fault.remove();
  expect(told(from, 'shell is not shut out (SQL Server error 15151); by hand: ')).toHaveLength(1);
  expect(await scene.observe('R-9')).toMatchObject({ target: 'old', isOpen: true });
  await scene.act('drop-incoming', 'R-9', { at });
});
