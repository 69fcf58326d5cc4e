import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, type ReadDocument } from './places.ts';
import { notReadable, notYaml } from './problems.ts';
import { readText } from './readText.ts';

/**
 * The rule packs of some folders as parsed YAML, by name (`lcs-2020` for lcs-2020.yaml); a later folder wins.
 * @throws ConfigurationError about the first folder or file that cannot be read
 */
export function readPackDocuments(folders: readonly string[]): ReadonlyMap<string, ReadDocument> {
  const documents = new Map<string, ReadDocument>();
  for (const folder of folders) {
    const names = orSay(folder, () => readdirSync(folder)).filter((name) => name.endsWith('.yaml'));
    for (const name of names) documents.set(name.replace(/\.yaml$/, ''), readPackDocument(join(folder, name)));
  }
  return documents;
}

/** @throws ConfigurationError when it cannot be read, or is no YAML */
export function readPackDocument(file: string): ReadDocument {
  const document = readDocument(orSay(file, () => readText(file)));
  if (document.errors.length > 0) throw notYaml(file, document.errors);
  return document;
}

function orSay<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw notReadable(path, error);
  }
}
