import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { ownManifest } from '../../../appPackage/ownManifest.ts';
import { bad, doubtful, good, type Finding } from '../finding.ts';

const SUBJECT = 'app package';
const BUILD = 'Run `npm run package -- --env NAME` with the name of TEAMSFX_ENV, and upload what it prints.';

const manifest = z.looseObject({ id: z.string(), version: z.string() });

/** Whether the package that was built is the one of these settings and of this version. */
export function examineAppPackage(variables: Readonly<Record<string, string | undefined>>, file: string): Finding {
  const wanted = read(() => ownManifest(variables));
  if (wanted instanceof Error) return bad(SUBJECT, wanted.message.replaceAll('\n', '; '), 'Set it in env/.env.NAME.');
  if (!existsSync(file)) return doubtful(SUBJECT, `is not built here (${file})`, BUILD);
  const built = read(() => Buffer.from(unzipSync(readFileSync(file))['manifest.json'] ?? []).toString('utf8'));
  const [now, then] = [wanted, built].map((text) =>
    manifest.safeParse(typeof text === 'string' ? read(() => JSON.parse(text) as unknown) : undefined),
  );
  if (!now?.success || !then?.success) return bad(SUBJECT, `${file} is no package of Rewind`, BUILD);
  const others = Object.keys(now.data).filter(
    (key) => JSON.stringify(now.data[key]) !== JSON.stringify(then.data[key]),
  );
  return others.length === 0
    ? good(SUBJECT, `${then.data.id}, version ${then.data.version}`)
    : doubtful(SUBJECT, `${file} was built for other settings: ${others.join(', ')}`, BUILD);
}

function read<Value>(how: () => Value): Value | Error {
  try {
    return how();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
