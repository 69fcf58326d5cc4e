import { z } from 'zod';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `7d`, `1h 30m`, `90s` → milliseconds. */
export const durationMs = z.union([z.string(), z.number()]).transform((text, context) => {
  const parts = [...String(text).matchAll(/(\d+)\s*(ms|s|m|h|d)/g)];
  const isWhole =
    String(text)
      .replaceAll(/(\d+)\s*(ms|s|m|h|d)/g, '')
      .trim() === '';
  if (text !== 0 && text !== '0' && (parts.length === 0 || !isWhole)) {
    context.addIssue({ code: 'custom', message: `“${String(text)}” is not a duration` });
    return z.NEVER;
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as keyof typeof UNITS] ?? 0), 0);
});

/** As database tools count, and the cards: a capacity is compared with what they show. */
const SIZES = { kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 } as const;

/** `250 GB` → bytes. */
export const sizeBytes = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(kB|MB|GB|TB)$/.exec(text.trim()) ?? [];
  if (count === undefined || unit === undefined) {
    context.addIssue({ code: 'custom', message: `“${text}” is not a size` });
    return z.NEVER;
  }
  return Number(count) * SIZES[unit as keyof typeof SIZES];
});
