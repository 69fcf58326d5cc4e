/** SQL for a number with zeros before it. */
export function padded(number: string, width: number): string {
  return `right(concat('${'0'.repeat(width)}', ${number}), ${width})`;
}

/** SQL for `prefix` and six digits. */
export function account(prefix: string, number: string): string {
  return `concat('${prefix}', ${padded(number, 6)})`;
}

/** SQL that picks one of the values in turn. */
export function oneOf(values: readonly (string | number)[], number: string): string {
  const branches = values.map((value, n) => `WHEN ${n} THEN ${typeof value === 'number' ? value : `'${value}'`}`);
  return `CASE (${number}) % ${values.length} ${branches.join(' ')} END`;
}

export const FIRST_NAMES = ['Aila', 'Bodo', 'Cem', 'Dunja', 'Edda', 'Fabio', 'Gesa'];
const LAST_NAMES = ['Beanfield', 'Roastwell', 'Cremasson', 'Filterby', 'Mochatti'];

/** SQL for the parts of the name of the n-th person; no two of a company's people share both. */
export const firstName = (n: string): string => oneOf(FIRST_NAMES, n);
export const lastName = (n: string): string => `concat(${oneOf(LAST_NAMES, `(${n}) / 7`)}, ' ', ${n})`;
export const personName = (n: string): string => `concat(${firstName(n)}, ' ', ${lastName(n)})`;

/** SQL for the name of the n-th company. */
export function companyName(n: string): string {
  const names = ['Blue Bean', 'North Roast', 'Harbour Lane', 'Old Mill', 'Copper Cup'];
  const kinds = ['Cafe', 'Kiosk', 'Bakery', 'Canteen'];
  return `concat(${oneOf(names, n)}, ' ', ${oneOf(kinds, `(${n}) / 5`)}, ' ', ${n})`;
}

/** Tells a name of the company's people and partners from any other: what a search looks for. */
export const NAME_PATTERNS: readonly string[] = [
  ...LAST_NAMES.map((name) => `%${name} %`),
  ...['Cafe', 'Kiosk', 'Bakery', 'Canteen'].map((kind) => `% ${kind} %`),
];

export const street = (n: string): string => `concat('Roastery Lane ', ${n})`;
export const city = (n: string): string => oneOf(['Kaffeestadt', 'Bonenburg', 'Espressohavn', 'Molenbrouw'], n);
export const country = (n: string): string => oneOf(['DEU', 'NLD', 'DNK', 'BEL'], n);
export const zipCode = (n: string): string => padded(`(${n}) % 99999`, 5);
/** Of a range that is kept free for fiction. */
export const phone = (n: string): string => `concat('+44 20 7946 ', ${padded(`(${n}) % 10000`, 4)})`;
export const customerMail = (environment: string, n: string): string =>
  `concat('canary.', ${n}, '@customers.${environment}.fabrikam.example')`;
/** Check digits are wrong on purpose: these accounts are nobody's. */
export const iban = (prefix: string, n: string): string => `concat('XX00FICT${prefix}', ${padded(n, 10)})`;
/** Nobody has the country ZZ. */
export const taxNumber = (n: string): string => `concat('ZZ', ${padded(`(${n}) * 7919`, 9)})`;
