import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOwnNode } from '../../cli/ownNode.js';

const project = join(import.meta.dirname, '..', '..');
const modules = join(project, 'node_modules');
const find = (platform: NodeJS.Platform, present: readonly string[], version = '24.3.0') =>
  findOwnNode({
    platform,
    version,
    execPath: 'C:\\Program Files\\nodejs\\node.exe',
    exists: (path) => present.includes(path),
    pinned: () => '24.21.0',
  });

test('the command’s Node › is the project’s own program, on Windows not one of the scripts of .bin', () => {
  const [linux, windows] = [join(modules, '.bin', 'node'), join(modules, 'node', 'bin', 'node.exe')];
  expect(find('linux', [modules, linux, windows])).toBe(linux);
  expect(find('win32', [modules, linux, windows])).toBe(windows);
});

test('the command’s Node › is the one that runs already, when it is of the same major version and packages are there', () => {
  expect(find('win32', [modules])).toBe('C:\\Program Files\\nodejs\\node.exe');
  expect(find('win32', [modules], '22.11.0')).toBeUndefined();
  expect(find('win32', [])).toBeUndefined();
});
