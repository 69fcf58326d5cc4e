import { basename } from 'node:path';
import { PackInvalidError } from '../../engine/sanitization/errors.ts';
import { openLibrary } from '../../engine/sanitization/pack/packLibrary.ts';
import type { PackProblem } from '../../engine/sanitization/pack/packProblems.ts';
import { parsePack, rulesOf, type RulePack } from '../../engine/sanitization/pack/rulePack.ts';
import { readPackDocument, readPackDocuments } from '../../env/packs.ts';
import { ConfigurationError } from '../../env/problems.ts';

export type CheckedPack =
  | { readonly kind: 'usable'; readonly pack: RulePack; readonly selected: readonly RulePack[] }
  | { readonly kind: 'unusable'; readonly problems: readonly PackProblem[] };

/**
 * One file among the packs of some folders, as if it lay in the last of them. Problems of the file itself are told before
 * those that it has with others.
 * @throws ConfigurationError about another file, or a folder, that cannot be read
 */
export function checkPack(file: string, folders: readonly string[]): CheckedPack {
  const name = basename(file).replace(/\.yaml$/, '');
  if (!file.endsWith('.yaml')) return unusable([notYamlByName(file)]);
  try {
    const document = readPackDocument(file);
    const pack = parsePack(document.value, name, document.placeOf);
    const library = openLibrary(new Map([...readPackDocuments(folders), [name, document]]));
    try {
      return { kind: 'usable', pack, selected: library.select([pack.name]) };
    } catch (error) {
      if (!(error instanceof PackInvalidError)) throw error;
      return unusable([...error.problems, ...library.unusable.map(otherPack)]);
    }
  } catch (error) {
    if (error instanceof PackInvalidError) return unusable(error.problems);
    if (error instanceof ConfigurationError && error.what === file) return unusable(error.problems.map(ofFile));
    throw error;
  }
}

const unusable = (problems: readonly PackProblem[]): CheckedPack => ({ kind: 'unusable', problems });

const notYamlByName = (file: string): PackProblem => ({
  reason: 'is no name of a pack’s file: workers read those that end in .yaml',
  remedy: `name it ${basename(file).replace(/\.[^.]*$/, '')}.yaml`,
});

/** It may be the one that the file extends. */
const otherPack = ({ packName, problems }: PackInvalidError): PackProblem => ({
  reason: `the pack in ${packName}.yaml cannot be used itself: ${String(problems.length)} to correct`,
  remedy: 'check that file first',
});

const ofFile = ({ line, reason }: ConfigurationError['problems'][number]): PackProblem => ({
  ...(line === undefined ? {} : { line }),
  reason,
  remedy: line === undefined ? 'name a file that can be read' : 'correct the YAML there',
});

/** `3 rules, 41 with those of lcs-2020` */
export function describeUsable({ pack, selected }: Extract<CheckedPack, { kind: 'usable' }>): string {
  const own = countOf(selected.filter(({ name }) => name === pack.name));
  const others = selected.filter(({ name }) => name !== pack.name);
  if (others.length === 0) return own;
  return `${own}, ${String(rulesOf(selected).length)} with those of ${others.map(({ name }) => name).join(', ')}`;
}

function countOf(packs: readonly RulePack[]): string {
  const count = rulesOf(packs).length;
  return count === 1 ? '1 rule' : `${String(count)} rules`;
}
