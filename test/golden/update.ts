import { writeFileSync } from 'node:fs';
import { PACK_SCHEMA, packSchema } from './packSchema.ts';
import { customizationsGoldens } from './customizations.ts';
import { sanitizationGoldens } from './sanitization.ts';
import { usualPacksGoldens } from './usualPacks.ts';

/** Writes the golden files of generated statements and the editors' schema anew: `node test/golden/update.ts`. Read the difference before you commit it. */
for (const [name, content] of Object.entries({ ...customizationsGoldens(), ...sanitizationGoldens(), ...usualPacksGoldens() })) {
  writeFileSync(new URL(name, import.meta.url), content);
}
writeFileSync(PACK_SCHEMA, packSchema());
