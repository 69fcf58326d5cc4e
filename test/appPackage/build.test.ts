import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { menuOf } from '../../appPackage/manifest.ts';
import { COMMANDS } from '../../bot/commands/index.ts';
import { readZip } from './readZip.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function build(folder: string) {
  const out = join(folder, 'build', 'rewind.zip');
  const args = ['appPackage/build.ts', '--folder', folder, '--out', out];
  return { out, ...spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' }) };
}

const builtManifest = z.object({
  version: z.string(),
  bots: z.array(
    z.object({
      commandLists: z
        .array(
          z.object({
            commands: z.array(z.strictObject({ title: z.string().max(32), description: z.string().max(128) })).max(10),
          }),
        )
        .max(3),
    }),
  ),
});

test('the app package › holds manifest and icons at its root, and the bot’s own commands', () => {
  const folder = aFolder();
  copyFileSync(join(project, 'env', '.env.local.example'), join(folder, '.env.local'));
  const { out, status, stderr } = build(folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  const files = readZip(readFileSync(out));
  expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
  const manifest = builtManifest.parse(JSON.parse(String(files.get('manifest.json'))));
  expect(manifest.bots.flatMap(({ commandLists }) => commandLists.map(({ commands }) => commands))).toEqual([
    menuOf(COMMANDS).map(({ name, description }) => ({ title: name, description })),
  ]);
  expect(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))).toMatchObject({ version: manifest.version });
});

test('the app package › is not built without the settings of an installation', () => {
  const folder = aFolder();
  const { status, stderr } = build(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('env/.env.local.example shows what it holds');
});

test('the icons › have the size and kind that Teams asks for', () => {
  expect(['color.png', 'outline.png'].map(readPngHeader)).toEqual([
    { width: 192, height: 192 },
    { width: 32, height: 32 },
  ]);
});

/** Width and height stand in the first chunk of a PNG. */
function readPngHeader(name: string): { readonly width: number; readonly height: number } {
  const png = readFileSync(join(project, 'appPackage', name));
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
