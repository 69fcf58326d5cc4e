import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readText } from './readText.ts';

/** The rule packs of some folders as parsed YAML, by name (`lcs-2020` for lcs-2020.yaml); a later folder wins. */
export function readPackDocuments(folders: readonly string[]): ReadonlyMap<string, unknown> {
  const documents = new Map<string, unknown>();
  for (const folder of folders)
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')))
      documents.set(file.replace(/\.yaml$/, ''), parse(readText(join(folder, file))));
  return documents;
}
