import { describeWithPlace, reportError } from '../engine/errors.ts';
import { shownLines } from '../engine/shownText.ts';

/**
 * What a process says when an error ends it. Node would print the error with all that it carries: the rows that a server
 * quotes, the statement that was sent, the address that was called.
 */
export function sayLastWords(): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${lastWordsOn(error)}\n`);
    process.exit(1);
  });
}

export function lastWordsOn(error: unknown): string {
  const { code, message, remedy } = reportError(error);
  const told = code === 'unexpected' ? `${message} ${describeWithPlace(error)}` : message;
  return [...shownLines(told), ...shownLines(`→ ${remedy}`)].join('\n');
}
