/** `1 row`, `2 rows`, `1,024 rows`: a number of things in a sentence. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
