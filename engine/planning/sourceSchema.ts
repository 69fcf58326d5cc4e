import { DATABASE_ROLES, type Plan } from '../contracts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { readColumns } from '../sanitization/coverage/readColumns.ts';
import { sandboxOf } from './sandboxSource.ts';

/**
 * What the tables and columns of both databases of a source are like at this moment, hashed: another one makes an approval in advance
 * void. Where it cannot be read nothing is approved in advance, and the plan is as good as without.
 */
export async function schemaOf(parts: EngineParts, pair: Pair): Promise<Pick<Plan, 'schema'>> {
  try {
    return { schema: await read(parts, pair) };
  } catch {
    return {};
  }
}

async function read(parts: EngineParts, { source, provider }: Pair): Promise<string> {
  const itself = sandboxOf(parts, source);
  const hashes: string[] = [];
  for (const role of DATABASE_ROLES) {
    await using session = await (itself
      ? provider.session(itself, 'target', role)
      : provider.session(source, 'source', role));
    const columns = await readColumns(session);
    const lines = columns.map(({ schema, table, column, type, maxLength, isNullable }) =>
      [schema, table, column, type, maxLength ?? '', isNullable].join('\t'),
    );
    hashes.push(digestOf(lines.toSorted()));
  }
  return digestOf(hashes);
}
