import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { fillManifest } from '../../appPackage/manifest.ts';
import { COMMANDS } from '../../bot/commands/index.ts';
import { commandOf } from '../../bot/commands/answerCommand.ts';
import { readText } from '../../bot/chat/readText.ts';
import { readProject } from '../docs/markdown.ts';

/** Microsoft's own, for every version of the manifest. */
const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json')),
  'build',
  'json-schemas',
  'teams',
);
const template = readProject('appPackage/manifest.json');

interface Command {
  readonly title: string;
  readonly description: string;
}
interface Manifest {
  readonly manifestVersion: string;
  readonly bots: readonly { readonly commandLists: readonly { readonly commands: readonly Command[] }[] }[];
}

const variables = parseEnv(readProject('env/.env.local.example'));

function filled(commands: readonly { readonly name: string; readonly description: string }[] = COMMANDS): Manifest {
  return JSON.parse(fillManifest({ template, variables, version: '1.2.3', commands })) as Manifest;
}

/** What Microsoft's schema of that version has against a manifest, as it names the version itself. */
function faultsOf(manifest: object, version: string): readonly string[] {
  const ajv = new Ajv.default({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const path = join(schemas, `v${version}`, 'MicrosoftTeams.schema.json');
  const isValid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  const $schema = `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  if (isValid({ ...manifest, $schema, manifestVersion: version })) return [];
  return (isValid.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

test('the manifest › is what Microsoft’s schema of its own version asks for, and of the newest', () => {
  const manifest = filled();
  expect(manifest).toMatchObject({ manifestVersion: '1.19' });
  expect({ own: faultsOf(manifest, manifest.manifestVersion), newest: faultsOf(manifest, '1.30') }).toEqual({
    own: [],
    newest: [],
  });
});

test('the manifest › would be refused by that schema for what Teams does not take', () => {
  const manifest = filled();
  const long = { ...manifest, name: { short: 'x'.repeat(31), full: 'Rewind' } };
  const slash = { ...manifest, bots: manifest.bots.map((bot) => ({ ...bot, supportsTargetedMessages: true })) };
  expect(faultsOf(long, '1.19')).toEqual([expect.stringContaining('/name/short')]);
  expect(faultsOf(slash, '1.19')).toEqual([expect.stringContaining('additional properties')]);
});

test('the manifest › keeps its menu to what one list takes, and help in it', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ name: `command-${String(n)}`, description: 'One of many' }));
  const manifest = filled([...many, { name: 'help', description: 'What you can type' }]);
  expect(faultsOf(manifest, '1.19')).toEqual([]);
  const [list] = manifest.bots.flatMap(({ commandLists }) => commandLists);
  expect(list?.commands.map(({ title }) => title).at(-1)).toBe('help');
  expect(list?.commands).toHaveLength(10);
});

test('every title of the menu › is understood as Teams inserts it, in a chat and behind a mention', () => {
  const titles = filled().bots.flatMap(({ commandLists }) =>
    commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)),
  );
  expect(titles).toContain('refresh');
  for (const title of titles) {
    const texts = [title, `/${title}`, `<at>Rewind</at> ${title}`, `<at>Rewind</at>&nbsp;${title} `];
    expect(texts.map((text) => commandOf(readText(text, ['<at>Rewind</at>'])).found?.name)).toEqual(
      texts.map(() => title),
    );
  }
});
