import { z } from 'zod';
import { untilItIsSo } from '../../../retry.ts';
import type { Act } from '../act.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { type Certificate, listCertificates } from '../source/certificates.ts';
import type { Database } from '../databases.ts';
import { ServerSettingsError } from '../../../databases/sqlServer/errors.ts';
import { serverError } from '../../../databases/sqlServer/faults.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isSameName } from '../names.ts';
import type { SandboxSettings, SqlServerSandbox } from '../settings.ts';
import { dropKey, readEncryption, reencryptKey } from '../statements/encryption.ts';
import { setOption } from '../statements/options.ts';
import { type SourceDatabase, thumbprintOf } from '../plan/suitability.ts';

/** Before anything is restored: the keys that it takes. Nothing is judged while `certificates` are not known. */
export function proveKeys(
  server: string,
  target: SqlServerSandbox,
  sources: readonly SourceDatabase[],
  certificates: readonly Certificate[] | undefined,
): void {
  const encrypted = sources.flatMap((source) => thumbprintOf(source) ?? []);
  if (certificates === undefined || encrypted.length === 0) return;
  const absent = encrypted.find((thumbprint) => !certificates.some((one) => isSameName(one.thumbprint, thumbprint)));
  if (absent !== undefined)
    throw serverError('certificate-absent', {
      number: 33_111,
      state: 0,
      server,
      doing: 'planning',
      objects: [{ kind: 'key', name: absent }],
    });
  const { encryption } = target.settings;
  if (typeof encryption === 'string' || certificates.some(({ name }) => name === encryption.certificate)) return;
  throw new ServerSettingsError(
    target.name,
    `encryption names the certificate ${encryption.certificate}, and master of its server has none of that name`,
  );
}

const keyRow = z.object({
  state: z.number(),
  percentComplete: z.number().nullable(),
  thumbprint: z.string().nullable(),
});
type Key = z.infer<typeof keyRow>;

const UNENCRYPTED = 1;
const BEING_DECRYPTED = 5;

/** Brings the copy's encryption to where the settings want it; from wherever an earlier call has left it. */
export async function settleEncryption(act: Act, copy: Database): Promise<void> {
  const { encryption } = act.target.settings;
  const keys = await readKeys(act.connection, copy.name);
  const [key] = keys ?? [];
  // Without VIEW SERVER STATE the flag in the list of databases is all there is to see.
  if (key === undefined && (keys !== undefined || !copy.isEncrypted)) return;
  if (encryption === 'keep') {
    const by = key?.thumbprint ? ` (thumbprint ${key.thumbprint})` : '';
    return act.log(`${copy.name}: stays encrypted with production’s key${by}; master of this server has to keep it`);
  }
  if (encryption === 'decrypt') return decrypt(act, copy, key);
  await reencrypt(act, copy, encryption.certificate, key);
}

const readKeys = (connection: Connection, database: string) =>
  askIfAllowed(connection, readEncryption(database), keyRow, `reading the encryption of ${database}`);

async function reencrypt(act: Act, copy: Database, name: string, key: Key | undefined) {
  const thumbprint = (await listCertificates(act.connection))?.find(
    (certificate) => certificate.name === name,
  )?.thumbprint;
  if (thumbprint !== undefined && key?.thumbprint && isSameName(thumbprint, key.thumbprint)) return;
  await act.change([reencryptKey(copy.name, name)], {
    doing: `re-encrypting the key of ${copy.name}`,
  });
  act.log(`${copy.name}: encryption key under the target’s certificate ${name}`);
}

const LOOK_EVERY_MS = 2000;

/**
 * The server decrypts page by page in the background. It is waited for: only then can the key be dropped, without which
 * every backup of the sandbox would need production's certificate; and a database cannot be dropped while it lasts.
 */
async function decrypt(act: Act, { name, isEncrypted }: Database, known: Key | undefined): Promise<void> {
  const doing = `decrypting ${name}`;
  const isToBegin = known === undefined ? isEncrypted === true : ![UNENCRYPTED, BEING_DECRYPTED].includes(known.state);
  if (isToBegin) await act.change([setOption(name, { kind: 'decrypt' })], { doing });
  if (known === undefined)
    return act.log(
      `${name}: decryption begun; without VIEW SERVER STATE its end cannot be seen. By hand then: ${dropKey(name)}`,
    );
  let keys = 1;
  const isDecrypted = async (): Promise<boolean> => {
    const found = (await readKeys(act.connection, name)) ?? [];
    keys = found.length;
    const [key] = found;
    if (key === undefined || key.state === UNENCRYPTED) return true;
    act.progress(undefined, `${name} is being decrypted, ${String(Math.floor(key.percentComplete ?? 0))} %`);
    return false;
  };
  // It may take hours, and every look is a sign of life.
  await untilItIsSo(isDecrypted, { clock: act.clock, signal: act.signal, everyMs: LOOK_EVERY_MS });
  if (keys === 0) return;
  await act.change([dropKey(name)], { doing });
  act.log(`${name}: decrypted, and its encryption key is dropped`);
}

export const describeEncryption = (
  { encryption }: Pick<SandboxSettings, 'encryption'>,
  sources: readonly SourceDatabase[],
): string | undefined => {
  const names = sources.filter((source) => thumbprintOf(source) !== undefined).map(({ name }) => name);
  if (names.length === 0) return undefined;
  const then =
    encryption === 'keep'
      ? 'the copy stays under production’s certificate'
      : encryption === 'decrypt'
        ? 'the copy is decrypted'
        : `the copy goes under ${encryption.certificate}`;
  return `${names.join(', ')}: ${then}`;
};
