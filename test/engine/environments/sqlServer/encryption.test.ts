import { afterEach, expect, test, vi } from 'vitest';
import { reportError } from '../../../../engine/errors.ts';
import type { Sandbox } from '../../../../engine/contracts.ts';
import type { StandInWish } from '../../../sqlServer/standIn.ts';
import { aScene, momentBehindNewFull, type Scene } from './refresh.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PROD = { name: 'ProdTde', thumbprint: 'AB'.repeat(20) };
const UAT = { name: 'UatTde', thumbprint: 'CD'.repeat(20) };
const COPY = 'uatax_rewindtest__incoming_R-1';

let scene: Scene;
let late: string;
/** Production's application database is encrypted; the server that has to read its backups has both certificates. */
async function open(wish: StandInWish = {}): Promise<void> {
  scene = await aScene(wish);
  scene.standIn.state.certificates.push(PROD, UAT);
  database('prodax_rewindtest').options.encryptor = PROD.thumbprint;
  late = await momentBehindNewFull(scene);
}
afterEach(() => scene[Symbol.asyncDispose]());

const database = (name: string) => {
  const found = scene.standIn.state.databases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no database ${name}`);
  return found;
};
const sandbox = (encryption: unknown): Sandbox => ({
  ...scene.fixture.target,
  settings: { ...(scene.fixture.target.settings as object), encryption },
});
const plan = (target = scene.fixture.target) => scene.fixture.provider.plan(scene.fixture.source, target, late);
const restore = (encryption: unknown, parts: object = {}) =>
  scene.act('restore', 'R-1', { at: late, target: sandbox(encryption), ...parts });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => reportError(new Error('no error')),
    (error: unknown) => reportError(error),
  );
const lines = () => scene.log.filter((line) => /encrypt|decrypt/.test(line));

test('an encrypted production whose certificate the target’s server lacks › is refused in the plan, by thumbprint', async () => {
  await open();
  scene.standIn.state.certificates.shift();
  const failure = await failureOf(plan());
  expect(failure).toMatchObject({
    code: 'certificate-absent',
    message: expect.stringContaining(`thumbprint 0x${PROD.thumbprint}`) as string,
    remedy: expect.stringContaining('CREATE CERTIFICATE') as string,
  });
  expect(scene.standIn.statements.filter(({ text }) => /^RESTORE (DATABASE|LOG)/.test(text))).toEqual([]);
});

test('an encrypted production › cannot come to an edition without TDE, and the plan says so', async () => {
  await open({ edition: 'Standard Edition', version: [14, 0, 1000] });
  expect(await failureOf(plan())).toMatchObject({
    code: 'edition-lacks-feature',
    message: expect.stringMatching(/prodax_rewindtest has transparent data encryption/) as string,
  });
});

test('a certificate that the settings name and the server lacks › is refused in the plan', async () => {
  await open();
  expect(await failureOf(plan(sandbox({ certificate: 'Nowhere' })))).toMatchObject({
    code: 'server-settings-unusable',
  });
});

test('encryption keep › leaves production’s key, and says what the server has to keep for it', async () => {
  await open();
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
  await open();
  await restore({ certificate: UAT.name });
  expect(database(COPY).options).toMatchObject({ encryptor: UAT.thumbprint });
  expect(lines()).toEqual([`${COPY}: encryption key under the target’s certificate UatTde`]);
});

test('encryption decrypt › waits for the scan, says how far it is, and drops the key', async () => {
  await open();
  scene.standIn.state.pace.decryptMs = 3000;
  const details: string[] = [];
  await restore('decrypt', { progress: (_: number | undefined, detail: string) => details.push(detail) });
  expect(database(COPY).options).toMatchObject({ encryptor: undefined });
  expect(details.filter((detail) => detail.includes('being decrypted')).length).toBeGreaterThan(0);
  expect(lines()).toEqual([`${COPY}: decrypted, and its encryption key is dropped`]);
});

test('a decryption that a worker began and did not see the end of › is led to its end by the next', async () => {
  await open();
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
  expect(scene.standIn.statements.filter(({ text }) => text.includes('SET ENCRYPTION OFF')).length).toBe(1);
});

test('a decryption whose end cannot be seen › is begun, and the log has what to do by hand', async () => {
  await open();
  await scene.standIn.administer('master', 'REVOKE VIEW SERVER STATE TO [rewind_rewindtest]');
  await restore('decrypt');
  expect(lines()).toEqual([
    `${COPY}: decryption begun; without VIEW SERVER STATE its end cannot be seen. By hand then: EXEC [${COPY}].sys.sp_executesql N'DROP DATABASE ENCRYPTION KEY'`,
  ]);
});

test('a backup that is itself encrypted › is refused in the plan without its certificate, and restored with it', async () => {
  await open();
  for (const name of Object.values(scene.fixture.source.databases)) {
    database(name).options.encryptor = undefined;
    await scene.fixture.admin.query(
      'master',
      `BACKUP DATABASE [${name}] TO DISK = N'${scene.fixture.server.backupFolder}${name}_locked.bak' WITH INIT, ENCRYPTION (ALGORITHM = AES_256, SERVER CERTIFICATE = [ProdTde])`,
    );
  }
  await scene.fixture.archive();
  late = await scene.fixture.commit();
  await scene.fixture.archive();
  await scene.fixture.commit();
  await scene.fixture.archive();
  scene.standIn.state.certificates.shift();
  expect(await failureOf(plan())).toMatchObject({
    code: 'backup-certificate-missing',
    message: expect.stringContaining(PROD.thumbprint) as string,
  });
  scene.standIn.state.certificates.push(PROD);
  await scene.act('restore', 'R-1', { at: late });
  expect(await scene.rows('incoming', 'R-1')).toHaveLength(6);
});

test('a key of a key manager › opens a backup as a certificate does', async () => {
  await open();
  scene.standIn.state.otherRows.set('sys.asymmetric_keys', [
    { name: 'EkmKey', asymmetric_key_id: 1, thumbprint: Buffer.from(PROD.thumbprint, 'hex') },
  ]);
  const key = scene.standIn.state.certificates.shift();
  // The double restores with certificates alone; what the engine makes of the list is what counts here.
  if (key) scene.standIn.state.certificates.push({ ...key, name: 'hidden' });
  await plan();
});
