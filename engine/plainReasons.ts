import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

/** What is wrong with a value in words for people, where the schema says nothing of its own and zod would speak to programs. */
export function reasonOf(issue: z.core.$ZodIssue): string {
  // Zod names what it got at the end of its own sentence and nowhere else once the issue is made.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing';
  if (!/^(Invalid |Too small|Too big|Unrecognized key)/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected in KINDS ? `is not ${KINDS[issue.expected] ?? ''}` : 'is of another kind';
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return 'is not known here';
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      return options.length > 0
        ? `is none of ${options.map(String).join(', ')}`
        : 'is in none of the forms that are known here';
    }
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => `“${key}”`).join(', ')}`;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return `${issue.origin in UNITS ? 'has more than' : 'is over'} ${String(issue.maximum)}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_format':
      return 'is not written as it has to be';
    default:
      return issue.message;
  }
}

function tooSmall(origin: string, minimum: number): string {
  if (minimum === 1 && origin in UNITS) return 'is empty';
  return `${origin in UNITS ? 'has fewer than' : 'is under'} ${String(minimum)}${UNITS[origin] ?? ''}`;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', record: ' entries' };
