import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DEFAULT_PACKS } from '../../../engine/contracts.ts';
import { parsePack } from '../../../engine/sanitization/pack/rulePack.ts';
import type { RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../engine/sanitization/pack/selectPacks.ts';

const folder = new URL('../../../engine/sanitization/packs/', import.meta.url);

/** A pack as it is shipped, without those it extends. */
export function shippedPack(name: string): RulePack {
  const fileName = `${name}.yaml`;
  return parsePack(parse(readFileSync(new URL(fileName, folder), 'utf8')), fileName);
}

export const lcs2020 = selectPacks(['lcs-2020'], [shippedPack('lcs-2020')]);
export const lcs2023 = selectPacks(['lcs-2023'], [shippedPack('lcs-2023'), shippedPack('lcs-2020')]);

/** What a sandbox runs whose file names no packs. */
export const usual = selectPacks(DEFAULT_PACKS, DEFAULT_PACKS.map(shippedPack));

export const sandbox = {
  administrator: {
    signIn: 'admin@fabrikam.example',
    objectId: '11111111-2222-4333-8444-555555555555',
    tenantId: '99999999-8888-4777-8666-555555555555',
  },
};
