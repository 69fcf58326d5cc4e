/** LIKE as T-SQL has it: `%`, `_`, `[a-z]`, `[^a]`, an escape character; case and trailing spaces of the text do not count. */
export function isLike(text: string, pattern: string, escape: string): boolean {
  let expression = '';
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (escape !== '' && character === escape) {
      at += 1;
      expression += literally(characters[at] ?? '');
    } else if (character === '%') {
      expression += '.*';
    } else if (character === '_') {
      expression += '.';
    } else if (character === '[') {
      const end = characters.indexOf(']', at + 1);
      if (end === -1) return false;
      const set = characters
        .slice(at + 1, end)
        .join('')
        .replaceAll('\\', '\\\\');
      expression += set === '' ? '(?!)' : `[${set}]`;
      at = end;
    } else {
      expression += literally(character);
    }
  }
  return new RegExp(`^${expression} *$`, 'isu').test(text);
}

/** Every character by its number: nothing in it means anything to a regular expression. */
function literally(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
