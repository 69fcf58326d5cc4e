import type { CompiledQuery } from 'kysely';

/** A statement with its parameters and a title, as the golden files have it. */
export function record(title: string, { sql, parameters }: CompiledQuery): string {
  const values = parameters.map((value, index) => `-- @${String(index + 1)} = ${shown(value)}`);
  return [`-- ${title}`, ...values, sql].join('\n');
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
