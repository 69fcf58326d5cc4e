/** Values of rows as they may be anything: a person's name, an account, a note with lines; each has a word that nothing else has. */
export interface Canary {
  readonly value: string;
  /** What is searched for, without regard to case. */
  readonly mark: string;
}

const FORMS: readonly ((mark: string) => string)[] = [
  (mark) => mark,
  (mark) => `${mark.slice(0, 1).toUpperCase()}${mark.slice(1)} Meier`,
  (mark) => mark.toUpperCase(),
  (mark) => `C-${mark.toUpperCase()}-0042`,
  (mark) => `${mark}.lastname@contoso.example`,
  (mark) => `O'${mark} "& Sons" (Ltd), 14 rows`,
  (mark) => `)=(${mark}') already exists. Key (${mark}`,
  (mark) => `first line\n    at ${mark} (/srv/${mark}.ts:1:1)\n2026-11-20T18:00:00.000Z  swap  ${mark}`,
  (mark) => `王${mark}芳 Žižkov`,
  (mark) => `' to data type int. ${mark}`,
  (mark) => `\u202e${mark}\u0007\t|${mark}|`,
];

/** 20 of them are nothing but digits: the number of a phone, of an account. */
export const CANARIES: readonly Canary[] = [
  ...Array.from({ length: 180 }, (_, index) => {
    const mark = `qzv${letters(index)}xkw`;
    return { mark, value: (FORMS[index % FORMS.length] ?? String)(mark) };
  }),
  ...Array.from({ length: 20 }, (_, index) => {
    const mark = `49151${String(7_000_000 + index * 13)}`;
    return { mark, value: mark };
  }),
];

function letters(index: number): string {
  return String(index).replaceAll(/\d/g, (digit) => 'bcdfghjlmn'.charAt(Number(digit)));
}

/** Marks that a text tells on. */
export const toldIn = (text: string): readonly string[] => {
  const small = text.toLowerCase();
  return CANARIES.filter(({ mark }) => small.includes(mark)).map(({ mark }) => mark);
};
