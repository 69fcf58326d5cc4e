import { createHash } from 'node:crypto';
import type { RulePack } from './rulePack.ts';

/** SHA-256, hex, of what the packs say: layout, comments and the order of keys in their files do not count, the order of rules does. */
export function hashPacks(packs: readonly RulePack[]): string {
  const canonical = JSON.stringify(packs, (_key, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
  return createHash('sha256').update(canonical).digest('hex');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
