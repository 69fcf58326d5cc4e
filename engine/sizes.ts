const UNITS = [
  [1024 ** 4, 'TB'],
  [1024 ** 3, 'GB'],
  [1024 ** 2, 'MB'],
] as const;

/** For people: powers of 1024 under the names that database tools give them, as on the cards. */
export function describeBytes(bytes: number): string {
  const [size, unit] = UNITS.find(([limit]) => bytes >= limit) ?? ([1024, 'kB'] as const);
  return `${(bytes / size).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}
