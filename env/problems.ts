import type { z } from 'zod';
import { reasonOf } from '../engine/plainReasons.ts';
import { TerminalError, whyUnreadable } from '../engine/errors.ts';
import type { Position } from './places.ts';

/** One thing that is wrong with the configuration: where, what, and what it could look like. */
export interface Problem extends Partial<Position> {
  readonly place: string;
  readonly reason: string;
  readonly example: string;
}

/** A problem before it is known where its path leads in the file. */
export interface Misplaced {
  readonly path: readonly PropertyKey[];
  /** Where in the file, when that is not where the path leads: an unknown key stands below the map that does not know it. */
  readonly standsAt?: readonly PropertyKey[];
  readonly reason: string;
  readonly example: string;
}

/** Every problem at once: whoever installs Rewind mends the file in one go. */
export class ConfigurationError extends TerminalError {
  override readonly code = 'configuration-invalid';
  readonly problems: readonly Problem[];
  /** The file or folder, or whatever else it is about. */
  readonly what: string;

  constructor(what: string, problems: readonly Problem[]) {
    const lines = problems.map(
      (problem) => `  ${describeProblem(problem)}${problem.example ? ` (example: ${problem.example})` : ''}`,
    );
    super(`${what} cannot be used:\n${lines.join('\n')}`, {
      remedy: 'Correct the places named; docs/configuration.md describes each.',
    });
    this.what = what;
    this.problems = problems;
  }
}

/** What is no YAML, as problems of a file. */
export const notYaml = (
  file: string,
  errors: readonly (Position & { readonly reason: string })[],
): ConfigurationError =>
  new ConfigurationError(
    file,
    errors.map((error) => ({ ...error, place: 'YAML', example: '' })),
  );

/** A file or folder that cannot be read, as its one problem. */
export const notReadable = (path: string, error: unknown, example = ''): ConfigurationError =>
  new ConfigurationError(path, [{ place: 'the file or folder', reason: whyUnreadable(error), example }]);

/** `line 12, column 7, sandboxes.uat.sources: there is no source “production”` */
export function describeProblem({ line, column, place, reason }: Problem): string {
  const at = line === undefined ? '' : `line ${String(line)}, column ${String(column)}`;
  return `${[at, place].filter((part) => part !== '').join(', ')}: ${reason}`;
}

/** Zod's issues, in words of our own where its own would be those of a program. */
export function problemsOf(
  error: z.ZodError,
  prefix: readonly PropertyKey[],
  exampleOf: (path: string) => string,
): readonly Misplaced[] {
  return error.issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const example = exampleOf(textOf(path));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path, standsAt: [...path, key], reason: `unknown key “${key}”`, example }));
    return [{ path, reason: reasonOf(issue), example }];
  });
}

export const textOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** What a schema says of a value of its own kind: zod says it of one that is not there, too. */
export const unlessMissing =
  (reason: string) =>
  ({ input }: { readonly input?: unknown }): string | undefined =>
    input === undefined ? undefined : reason;
