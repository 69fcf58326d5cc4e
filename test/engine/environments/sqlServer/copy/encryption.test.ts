import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { reportError } from '../../../../../engine/errors.ts';
import type { Sandbox } from '../../../../../engine/contracts.ts';
import type { StandInWish } from '../../../../sqlServer/standIn.ts';
import { aScene, momentBehindNewFull, type Scene } from '../refresh.ts';

const PROD = { name: 'ProdTde', thumbprint: 'AB'.repeat(20) };
const UAT = { name: 'UatTde', thumbprint: 'CD'.repeat(20) };
const COPY = 'uatax_rewindtest__incoming_R-1';

// Production's application database is encrypted; the server that has to read its backups has both certificates.
let scene: Scene;
let late: string;
const open = async (wish: StandInWish = {}) => {
  const opened = await aScene(wish);
  opened.standIn.state.certificates.push(PROD, UAT);
  const production = opened.standIn.state.databases.find(({ name }) => name === 'prodax_rewindtest');
  if (production) production.options.encryptor = PROD.thumbprint;
  return { opened, moment: await momentBehindNewFull(opened) };
};
beforeAll(async () => {
  const { opened, moment } = await open();
  [scene, late] = [opened, moment];
});
afterEach(async () => {
  const { state, administer } = scene.standIn;
  state.pace.decryptMs = 0;
  state.certificates.splice(0, Infinity, PROD, UAT);
  state.otherRows.clear();
  await administer('master', 'GRANT VIEW SERVER STATE TO [rewind_rewindtest]');
  await scene.act('drop-incoming', 'R-1');
  scene.log.length = 0;
});
afterAll(() => scene[Symbol.asyncDispose]());

const database = (name: string) => {
  const found = scene.standIn.state.databases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no database ${name}`);
  return found;
};
const sandbox = (encryption: unknown): Sandbox => ({
  ...scene.fixture.target,
  settings: { ...(scene.fixture.target.settings as object), encryption },
});
const plan = (target = scene.fixture.target, at = late) =>
  scene.fixture.provider.plan(scene.fixture.source, target, at);
const restore = (encryption: unknown, parts: object = {}) =>
  scene.act('restore', 'R-1', { at: late, target: sandbox(encryption), ...parts });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => reportError(new Error('no error')),
    (error: unknown) => reportError(error),
  );
const lines = () => scene.log.filter((line) => /encrypt|decrypt/.test(line));

test('an encrypted production whose certificate the target’s server lacks, or has without its private key › is refused in the plan, by thumbprint', async () => {
  const { certificates } = scene.standIn.state;
  for (const held of [[UAT], [UAT, { ...PROD, isWithoutPrivateKey: true as const }]]) {
    certificates.splice(0, Infinity, ...held);
    expect(await failureOf(plan())).toMatchObject({
      code: 'certificate-absent',
      message: expect.stringContaining(`thumbprint 0x${PROD.thumbprint}, or its private key`) as string,
      remedy: expect.stringContaining('CREATE CERTIFICATE') as string,
    });
  }
  expect(scene.standIn.statements.filter(({ text }) => /^RESTORE (DATABASE|LOG)/.test(text))).toEqual([]);
});

test('an encrypted production › cannot come to an edition without TDE, and the plan says so', async () => {
  const { opened, moment } = await open({ edition: 'Standard Edition', version: [14, 0, 1000] });
  const { provider, source, target } = opened.fixture;
  expect(await failureOf(provider.plan(source, target, moment))).toMatchObject({
    code: 'edition-lacks-feature',
    message: expect.stringMatching(/prodax_rewindtest has transparent data encryption/) as string,
  });
  await opened[Symbol.asyncDispose]();
});

test('a certificate that the settings name and the server lacks › is refused in the plan', async () => {
  expect(await failureOf(plan(sandbox({ certificate: 'Nowhere' })))).toMatchObject({
    code: 'server-settings-unusable',
  });
});

test('encryption keep › leaves production’s key, and says what the server has to keep for it', async () => {
  const { checks = [] } = await plan();
  expect(checks.find(({ name }) => name === 'encryption')?.detail).toBe(
    'prodax_rewindtest: the copy stays under production’s certificate',
  );
  await restore('keep');
  expect(database(COPY).options.encryptor).toBe(PROD.thumbprint);
  expect(lines()).toEqual([
    `${COPY}: stays encrypted with production’s key (thumbprint 0x${PROD.thumbprint}); master of this server has to keep it`,
  ]);
});

test('encryption with a certificate › puts the key under it, once', async () => {
  await restore({ certificate: UAT.name });
  expect(database(COPY).options).toMatchObject({ encryptor: UAT.thumbprint });
  expect(lines()).toEqual([`${COPY}: encryption key under the target’s certificate UatTde`]);
});

test('encryption decrypt › waits for the scan, says how far it is, and drops the key', async () => {
  scene.standIn.state.pace.decryptMs = 3000;
  const details: string[] = [];
  await restore('decrypt', { progress: (_: number | undefined, detail: string) => details.push(detail) });
  expect(database(COPY).options).toMatchObject({ encryptor: undefined });
  expect(details.filter((detail) => detail.includes('being decrypted')).length).toBeGreaterThan(0);
  expect(lines()).toEqual([`${COPY}: decrypted, and its encryption key is dropped`]);
});

test('a decryption that a worker began and did not see the end of › is led to its end by the next', async () => {
  const before = scene.standIn.statements.length;
  const stop = new AbortController();
  scene.standIn.state.pace.decryptMs = 60_000;
  const progress = (_: number | undefined, detail: string) => {
    if (detail.includes('being decrypted')) stop.abort(new Error('the worker ends'));
  };
  await expect(restore('decrypt', { signal: stop.signal, progress })).rejects.toThrow('the worker ends');
  const { options } = database(COPY);
  expect(options.encryptor).toBe(PROD.thumbprint);
  options.decryption = { from: 0, until: Date.now() };
  await restore('decrypt');
  expect(database(COPY).options.encryptor).toBeUndefined();
  expect(scene.standIn.statements.slice(before).filter(({ text }) => text.includes('ENCRYPTION OFF'))).toHaveLength(1);
});

test('a decryption whose end cannot be seen › is begun, and the log has what to do by hand', async () => {
  await scene.standIn.administer('master', 'REVOKE VIEW SERVER STATE TO [rewind_rewindtest]');
  await restore('decrypt');
  expect(lines()).toEqual([
    `${COPY}: decryption begun; without VIEW SERVER STATE its end cannot be seen. By hand then: EXEC [${COPY}].sys.sp_executesql N'DROP DATABASE ENCRYPTION KEY'`,
  ]);
});

test('a backup that is itself encrypted › takes its certificate, or a key of a key manager, from the plan on', async () => {
  for (const name of Object.values(scene.fixture.source.databases)) database(name).options.encryptor = undefined;
  const moment = await momentBehindNewFull(scene, ', ENCRYPTION (ALGORITHM = AES_256, SERVER CERTIFICATE = [ProdTde])');
  const { certificates, otherRows } = scene.standIn.state;
  certificates.shift();
  expect(await failureOf(plan(scene.fixture.target, moment))).toMatchObject({
    code: 'backup-certificate-missing',
    message: expect.stringContaining(PROD.thumbprint) as string,
  });
  otherRows.set('sys.asymmetric_keys', [{ name: 'EkmKey', thumbprint: Buffer.from(PROD.thumbprint, 'hex') }]);
  await scene.act('restore', 'R-1', { at: moment });
  expect((await scene.rows('incoming', 'R-1')).length).toBeGreaterThan(3);
});
