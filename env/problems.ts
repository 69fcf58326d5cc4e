import type { z } from 'zod';
import { TerminalError } from '../engine/errors.ts';

/** One thing that is wrong with the configuration: where, what, and what it could look like. */
export interface Problem {
  readonly place: string;
  readonly reason: string;
  readonly example: string;
}

/** Every problem at once: whoever installs Rewind mends the file in one go. */
export class ConfigurationError extends TerminalError {
  override readonly code = 'configuration-invalid';
  readonly problems: readonly Problem[];

  constructor(what: string, problems: readonly Problem[]) {
    const lines = problems.map(
      ({ place, reason, example }) => `  ${place}: ${reason}${example ? ` (example: ${example})` : ''}`,
    );
    super(`${what} cannot be used:\n${lines.join('\n')}`, {
      remedy: 'Correct the places named; docs/configuration.md describes each.',
    });
    this.problems = problems;
  }
}

/** Zod's issues as places in the file: `sandboxes.uat.policy.keepPrevious`. */
export function problemsOf(error: z.ZodError, prefix: string, exampleOf: (path: string) => string): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    const keys =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => `unknown key “${key}”`).join(', ') : undefined;
    return [{ place: path, reason: keys ?? issue.message, example: exampleOf(path) }];
  });
}
