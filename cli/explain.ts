import { placesOf, reportError } from '../engine/errors.ts';
import { shownLines } from '../engine/shownText.ts';

/** What a person at the terminal reads: what happened, and what to do. Words of Node, drivers and systems stay behind. */
export function explain(error: unknown, usage?: string): string {
  if (error instanceof Error && 'remedy' in error && typeof error.remedy === 'string')
    return `${onLines(error.message)}\n→ ${onLines(error.remedy)}`;
  if (isArgumentError(error))
    return `${onLines(firstSentence(error.message))}${usage === undefined ? '' : `\n→ rewind ${usage}`}`;
  const { message } = reportError(error);
  return `${message}\n→ Look at “rewind status” before you try again. With LOG_LEVEL=debug, the command names the place where it stopped.`;
}

/** An option that the command does not know, or one without its value. */
export function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Where an error came from: files and functions, without its message, which may quote anything. */
export const placesIn = (error: unknown): readonly string[] => (error instanceof Error ? placesOf(error) : []);

/** What follows the first line is indented: it may hold a text that somebody else wrote. */
const onLines = (text: string): string => shownLines(text).join('\n    ');

/** Node's own goes on about how one would type a text that begins with a hyphen. */
const firstSentence = (text: string) => (text.split('. ')[0] ?? text).replace(/\.?$/, '.');
