import { reportError } from '../engine/errors.ts';

/** What a person at the terminal reads: what happened, and what to do. */
export function explain(error: unknown): string {
  if (error instanceof Error && 'remedy' in error && typeof error.remedy === 'string')
    return `${error.message}\n→ ${error.remedy}`;
  const { message, remedy } = reportError(error);
  return error instanceof Error ? `${error.name}: ${error.message}` : `${message}\n→ ${remedy}`;
}
