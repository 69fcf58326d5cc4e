import { z } from 'zod';
import { rulePack } from '../../engine/sanitization/pack/rulePack.ts';

/** What editors know about packs: everything that one value by itself can get wrong. */
export const PACK_SCHEMA = new URL('../../engine/sanitization/pack/rule-pack.schema.json', import.meta.url);

export function packSchema(): string {
  // Draft 7 is what the editors' YAML extension reads. `reused`: written out at every place it would be fifty times as long.
  const schema = z.toJSONSchema(rulePack, { io: 'input', target: 'draft-7', reused: 'ref' });
  return `${JSON.stringify({ title: 'Rule pack of Rewind', ...schema }, null, 2)}\n`;
}
