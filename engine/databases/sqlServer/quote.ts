import { HostileNameError } from './errors.ts';

const longestName = 128;
const longestText = 4000;
/** Legal inside brackets and literals, and yet never wanted: a name with a line break forges lines of logs and of `GO` scripts. */
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const controls = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/u;

/**
 * An identifier in brackets. The length is checked first: the server's own QUOTENAME answers NULL above 128, and NULL
 * swallows the statement around it.
 * @throws HostileNameError
 */
export function quoteName(name: string): string {
  if (name === '') throw new HostileNameError('A name', name, 'is empty');
  if (name.length > longestName) throw new HostileNameError('A name', name, `is longer than ${String(longestName)}`);
  return `[${refuseControls('A name', name).replaceAll(']', ']]')}]`;
}

/**
 * An N'…' literal, for the places where T-SQL takes no parameter (paths and logical names of RESTORE, names of DBCC).
 * @throws HostileNameError
 */
export function quoteText(text: string): string {
  if (text.length > longestText) throw new HostileNameError('A text', text, `is longer than ${String(longestText)}`);
  return `N'${refuseControls('A text', text).replaceAll("'", "''")}'`;
}

function refuseControls(what: string, text: string): string {
  if (controls.test(text)) throw new HostileNameError(what, text, 'holds a line break or another control character');
  // Half a surrogate pair becomes U+FFFD on the way to the server: another name than the one that was checked.
  if (!text.isWellFormed()) throw new HostileNameError(what, text, 'is not well-formed Unicode');
  return text;
}
