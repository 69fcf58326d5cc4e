/** Comments, texts and names, in which a semicolon ends nothing. A comment in a comment ends too early here, which refuses more. */
const QUOTED = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"/g;

/** Whether a text is a single SELECT, by its form: what the functions that it calls do is for the rights of the login to say. */
export function isOneQuestion(text: string): boolean {
  const words = text.replaceAll(QUOTED, ' ');
  return /^\s*(select|with)\b/i.test(words) && !/;\s*\S/.test(words);
}
