import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { zipSync } from 'fflate';
import type { Variables } from './manifest.ts';
import { ownManifest, PACKAGE_FILE } from './ownManifest.ts';

// `npm run package [-- --env prod]`: build/rewind.zip for the installation that env/.env.<name> describes.
const project = dirname(import.meta.dirname);
const { values } = parseArgs({
  options: {
    env: { type: 'string', default: 'local' },
    folder: { type: 'string', default: join(project, 'env') },
    out: { type: 'string', default: PACKAGE_FILE },
  },
});
const source = join(values.folder, `.env.${values.env}`);
try {
  const manifest = ownManifest(readSettings(source));
  const icon = (name: string) => readFileSync(join(import.meta.dirname, name));
  const files = {
    'manifest.json': Buffer.from(manifest),
    'color.png': icon('color.png'),
    'outline.png': icon('outline.png'),
  };
  const out = resolve(values.out);
  mkdirSync(dirname(out), { recursive: true });
  // The first day that the format knows: the same input gives the same bytes.
  writeFileSync(out, zipSync(files, { level: 9, mtime: '1980-01-01T12:00:00' }));
  console.log(out);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`No package was built from ${source}:\n${reason.replaceAll(/^/gm, '  ')}`);
  process.exitCode = 1;
}

/** Only what the file says: a package is for one installation, whatever the terminal that builds it has set. */
function readSettings(file: string): Variables {
  if (!existsSync(file)) throw new Error('There is no such file; env/.env.local.example shows what it holds.');
  return parseEnv(readFileSync(file, 'utf8'));
}
