import { expect, test } from 'vitest';
import { ANNOUNCED } from '../../engine/contracts.ts';
import { settingsSchemas } from '../../engine/environments/open.ts';
import { loadText, placeAndReason, problemsOf } from './environmentsText.ts';

const ANN = '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01';
const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

const file = (webhooks: string, announce = '') => `
webhooks:
${webhooks}
sources:
  prod: { provider: sqlServer, databases: { application: A, financialReporting: F }, settings: { from: history-file, file: h.json } }
sandboxes:
  uat:
    provider: sqlServer
    databases: { application: A_UAT, financialReporting: F_UAT }
    sources: [prod]
    requesters: [${ANN}]
    approvers: [2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02]
    administrator: { signIn: a@contoso.example, objectId: ${ANN}, tenantId: ${ANN} }
    commands: { ${announce} }
    settings: { server: 'mssql://rewind:secret@uat:1433' }
`;

const problemsIn = (...asked: Parameters<typeof loadText>) => problemsOf(() => loadText(...asked)).map(placeAndReason);

const erp = (parts = '') => `  - { name: erp, url: 'https://erp.contoso.example/', secret: '\${ERP}'${parts} }`;

test('a webhook › has its secret from a variable, which only the bot needs, and hears of everything unless it says', () => {
  const { installation, secrets } = loadText(file(erp()), { ERP: SECRET });
  expect(installation.webhooks).toEqual([
    { name: 'erp', url: 'https://erp.contoso.example/', secret: SECRET, events: ANNOUNCED },
  ]);
  expect(secrets).toContain(SECRET);
  // A worker goes without, and so does a bot until somebody sets it.
  for (const how of [settingsSchemas, 'names-only'] as const)
    expect(loadText(file(erp()), {}, how).installation.webhooks).toMatchObject([{ secret: '' }]);
});

test('a webhook’s secret that stands in the file › gets a remark', () => {
  const { remarks } = loadText(file(erp().replace('${ERP}', SECRET)));
  expect(remarks.map(({ place }) => place)).toContain('webhooks.0.secret');
});

test('a webhook › goes to https or to this machine, signed with enough, for sandboxes that exist, once', () => {
  const url = (text: string) => file(erp().replace('https://erp.contoso.example/', text));
  expect(problemsIn(url('http://erp.contoso.example/'))).toEqual([
    'webhooks.0.url: is not https, and not on this machine',
  ]);
  expect(problemsIn(url('https://me:secret@erp.contoso.example/'))).toEqual(['webhooks.0.url: holds a login']);
  expect(problemsIn(url('file:///etc/passwd'))).toEqual(['webhooks.0.url: is not an address https://…']);
  for (const local of ['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:1/'])
    expect(problemsIn(url(local))).toEqual([]);
  expect(problemsIn(file(erp()), { ERP: 'whsec_dG9vIHNob3J0' })).toEqual([
    'webhooks.0.secret: is not whsec_ and 24 to 64 bytes in base64',
  ]);
  expect(problemsIn(file(`${erp()}\n${erp(', sandboxes: [tst]')}`))).toEqual([
    'webhooks.1.name: stands there twice',
    'webhooks.1.sandboxes: there is no sandbox “tst”',
  ]);
});

test('the command that announces › has a minute, and five at most', () => {
  const announce = (timeout = '') => file(erp(), `announce: { command: tell${timeout} }`);
  expect(loadText(announce()).installation.sandboxes[0]?.commands.announce).toMatchObject({ timeoutMs: 60_000 });
  expect(problemsIn(announce(', timeout: 6m'))).toEqual([
    'sandboxes.uat.commands.announce.timeout: must not exceed 5m: a switch that is due waits for it',
  ]);
});
