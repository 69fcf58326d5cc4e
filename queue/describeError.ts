import { reportError } from '../engine/errors.ts';

/** What a log may say about an error. Foreign messages can quote values of a database; where it happened cannot. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  const { code, message } = reportError(error);
  if (!(error instanceof Error)) return { code, message };
  const at = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { code, message, name: error.name, at: at.slice(0, 4).map((line) => line.trim()) };
}
