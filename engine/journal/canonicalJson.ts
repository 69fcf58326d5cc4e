import { createHash } from 'node:crypto';

/**
 * One text per value: keys sorted, no spaces, absent members left out, otherwise as `JSON.stringify` writes it.
 * What two machines hash alike must not depend on the order in which somebody wrote an object down.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isPlainObject(member) ? sorted(member) : member)) ?? 'null';
}

/** SHA-256 of the value's canonical JSON, hex. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without a prototype: a member named `__proto__` is a member like any other. */
function sorted(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  // By UTF-16 code unit, as RFC 8785 (JSON Canonicalization Scheme) orders them.
  for (const key of Object.keys(value).sort()) copy[key] = value[key];
  return copy;
}
