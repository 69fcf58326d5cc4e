import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOwnNode } from '../../cli/ownNode.js';

const project = join(import.meta.dirname, '..', '..');
const modules = join(project, 'node_modules');
const find = (platform: NodeJS.Platform, present: readonly string[], version = '24.3.0') =>
  findOwnNode({
    platform,
    version,
    execPath: machine,
    exists: (path) => present.includes(path),
    pinned: () => '24.21.0',
  });

const machine = 'C:\\Program Files\\nodejs\\node.exe';
const [linux, windows] = [join(modules, '.bin', 'node'), join(modules, 'node', 'bin', 'node.exe')];

test('the command’s Node › is the one that runs already, when it is of the same major version and packages are there', () => {
  expect(find('linux', [modules, linux])).toBe(machine);
  expect(find('win32', [modules])).toBe(machine);
  expect(find('win32', [])).toBeUndefined();
});

test('the command’s Node › is otherwise the project’s own program, on Windows not one of the scripts of .bin', () => {
  expect(find('linux', [modules, linux, windows], '22.11.0')).toBe(linux);
  expect(find('win32', [modules, linux, windows], '18.20.0')).toBe(windows);
  expect(find('win32', [modules], '22.11.0')).toBeUndefined();
});

test('the command’s Node › is the project’s own where the machine’s would write a warning, and that one before none', () => {
  expect(find('linux', [modules, linux], '24.1.0')).toBe(linux);
  expect(find('linux', [modules], '24.1.0')).toBe(machine);
});
