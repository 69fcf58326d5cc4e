import { digestOf } from '../../journal/canonicalJson.ts';
import type { RulePack } from './rulePack.ts';

/** SHA-256, hex, of what the packs say: layout, comments and the order of keys in their files do not count, the order of rules does. */
export const hashPacks = (packs: readonly RulePack[]): string => digestOf(packs);
