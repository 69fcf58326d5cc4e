import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from './places.ts';
import { notReadable, notYaml } from './problems.ts';
import { readText } from './readText.ts';

/**
 * The rule packs of some folders as parsed YAML, by name (`lcs-2020` for lcs-2020.yaml); a later folder wins.
 * @throws ConfigurationError about the first folder or file that cannot be read
 */
export function readPackDocuments(folders: readonly string[]): ReadonlyMap<string, unknown> {
  const documents = new Map<string, unknown>();
  for (const folder of folders) {
    const names = orSay(folder, () => readdirSync(folder)).filter((name) => name.endsWith('.yaml'));
    for (const name of names) documents.set(name.replace(/\.yaml$/, ''), readPack(join(folder, name)));
  }
  return documents;
}

function readPack(file: string): unknown {
  const { value, errors } = readDocument(orSay(file, () => readText(file)));
  if (errors.length > 0) throw notYaml(file, errors);
  return value;
}

function orSay<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw notReadable(path, error);
  }
}
