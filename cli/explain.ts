import { describeForeign, reportError } from '../engine/errors.ts';
import { shownLines } from '../engine/shownText.ts';

/** What a person at the terminal reads: what happened, and what to do. */
export function explain(error: unknown): string {
  // The argument parser's texts quote what was typed, and nothing else.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return onLines(error.message);
  const { code, message, remedy } = reportError(error);
  const told = code === 'unexpected' ? `${message} (${describeForeign(error)})` : message;
  return `${onLines(told)}\n→ ${onLines(remedy)}`;
}

/** What follows the first line is indented: it may hold a text that somebody else wrote. */
const onLines = (text: string): string => shownLines(text).join('\n    ');
