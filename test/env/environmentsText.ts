import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadInstallation } from '../../env/environments.ts';
import { ConfigurationError, type Problem } from '../../env/problems.ts';

/** An installation from the text of an environments.yaml, whose file goes with the test. */
export function loadText(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  how: Parameters<typeof loadInstallation>[2] = 'names-only',
) {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-environments-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'environments.yaml');
  writeFileSync(path, text);
  return loadInstallation(path, variables, how);
}

/** What it says is wrong; none when it loads. */
export function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

export const placeAndReason = ({ place, reason }: Problem): string => `${place}: ${reason}`;
