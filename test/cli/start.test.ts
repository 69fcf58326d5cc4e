import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '..', '..');

/** What is loaded before a command does anything: imports that are not types and do not wait, and packages by their name. */
function loadedAtOnce(file: string, found = new Set<string>()): ReadonlySet<string> {
  const name = relative(project, file);
  if (found.has(name)) return found;
  found.add(name);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from\s+'([^']+)'/gms);
  for (const [, from = ''] of imports)
    if (from.startsWith('.')) loadedAtOnce(resolve(dirname(file), from), found);
    else if (!from.startsWith('node:')) found.add(from);
  return found;
}

test('rewind › shows its help without loading a package: they are most of what a command takes to start', () => {
  const loaded = [...loadedAtOnce(resolve(project, 'cli', 'main.ts'))];
  expect(loaded).toContain('cli/commands/plan.ts');
  expect(loaded.filter((name) => !/\.[jt]s$/.test(name))).toEqual([]);
});
