import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillManifest } from '../../appPackage/manifest.ts';

const template = readFileSync(new URL('../../appPackage/manifest.json', import.meta.url), 'utf8');

const VARIABLES = {
  TEAMS_APP_ID: '9e8d7c6b-5a49-4838-8271-605f4e3d2c1b',
  BOT_ID: '6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e',
  REWIND_PUBLIC_URL: 'https://rewind.contoso.example',
};

function fill(variables: Readonly<Record<string, string>>): unknown {
  const commands = [{ name: 'refresh', description: 'Refresh a sandbox' }];
  return JSON.parse(fillManifest({ template, variables, version: '1.2.3', commands }));
}

test('a manifest › names the app, the bot and the host of one installation', () => {
  expect(fill(VARIABLES)).toMatchObject({
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version: '1.2.3',
    id: VARIABLES.TEAMS_APP_ID,
    developer: { name: 'Rewind', websiteUrl: 'https://rewind.contoso.example' },
    bots: [
      {
        botId: VARIABLES.BOT_ID,
        scopes: ['personal', 'team', 'groupChat'],
        commandLists: [
          {
            scopes: ['personal', 'team', 'groupChat'],
            commands: [{ title: 'refresh', description: 'Refresh a sandbox' }],
          },
        ],
      },
    ],
    validDomains: ['rewind.contoso.example'],
  });
});

test('a manifest › leaves no reference open', () => {
  expect(JSON.stringify(fill(VARIABLES))).not.toContain('${{');
});

test('a manifest › cannot be broken by a value', () => {
  expect(fill({ ...VARIABLES, APP_PUBLISHER: 'Müller & "Söhne" \\' })).toMatchObject({
    developer: { name: 'Müller & "Söhne" \\' },
  });
});

test('a manifest › is refused with every setting that is missing or wrong', () => {
  expect(() => fill({ BOT_ID: 'rewind', REWIND_PUBLIC_URL: 'http://rewind.contoso.example' })).toThrow(
    [
      'TEAMS_APP_ID is not a GUID (any new one: it names the app in your tenant)',
      'BOT_ID is not the application id of the bot’s registration',
      'REWIND_PUBLIC_URL is not an https:// address',
    ].join('\n'),
  );
});
