import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { COMMANDS } from '../bot/commands/index.ts';
import { fillManifest, type Variables } from './manifest.ts';

const project = dirname(import.meta.dirname);

/** Where `npm run package` puts the app of an installation when nobody says otherwise. */
export const PACKAGE_FILE = join(project, 'build', 'rewind.zip');

/** The manifest that this version of Rewind makes for an installation. @throws Error naming every setting that is missing or wrong */
export function ownManifest(variables: Variables): string {
  const packageJson = z.object({ version: z.string() });
  return fillManifest({
    template: readFileSync(join(import.meta.dirname, 'manifest.json'), 'utf8'),
    variables,
    version: packageJson.parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))).version,
    commands: COMMANDS,
  });
}
