import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Generator from 'ts-json-schema-generator';

/**
 * JSON schema of what Teams accepts, made from the types of @microsoft/teams.cards. Takes half a minute, so it is kept
 * beside the packages under their versions.
 */
export function teamsSchema(): object {
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('@microsoft/teams.cards/package.json');
  const { version } = read(packageFile) as { version: string };
  const folder = join(dirname(packageFile), '..', '..', '.cache', 'rewind');
  const file = join(folder, `teams-cards-${version}.schema.json`);
  try {
    return read(file);
  } catch {
    const schema = generate(require, folder);
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(schema));
    renameSync(draft, file);
    return schema;
  }
}

function generate(require: NodeJS.Require, folder: string): object {
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, `card-${process.pid}.ts`);
  const tsconfig = join(folder, `tsconfig-${process.pid}.json`);
  writeFileSync(
    entry,
    "import type { IAdaptiveCard } from '@microsoft/teams.cards';\nexport type Card = IAdaptiveCard;\n",
  );
  writeFileSync(
    tsconfig,
    JSON.stringify({
      compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', types: [] },
      files: [entry],
    }),
  );
  try {
    // Brings the TypeScript 5 that it needs; the project's own is newer than it can read.
    const { createGenerator } = require('ts-json-schema-generator') as typeof Generator;
    return createGenerator({
      path: entry,
      tsconfig,
      type: 'Card',
      skipTypeCheck: true,
      expose: 'all',
      jsDoc: 'none',
    }).createSchema('Card');
  } finally {
    rmSync(entry, { force: true });
    rmSync(tsconfig, { force: true });
  }
}

function read(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}
