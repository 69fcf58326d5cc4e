import { digestOf } from '../../journal/canonicalJson.ts';
import { masksHash } from '../masks/kinds.ts';
import { rulesOf, type RulePack } from './rulePack.ts';

/**
 * SHA-256, hex, of what the packs say: layout, comments and the order of keys in their files do not count, the order of rules does.
 * Where they mask, it is also of the words that masks are made of.
 */
export function hashPacks(packs: readonly RulePack[]): string {
  const said = packs.map((pack) => ({ ...pack, lines: undefined }));
  return digestOf(rulesOf(packs).some(({ action }) => action === 'mask') ? [...said, masksHash()] : said);
}
