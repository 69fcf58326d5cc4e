import { writeFileSync } from 'node:fs';
import { sanitizationGoldens } from './sanitization.ts';
import { usualPacksGoldens } from './usualPacks.ts';

/** Writes the golden files of generated statements anew: `node test/golden/update.ts`. Read the difference before you commit it. */
for (const [name, content] of Object.entries({ ...sanitizationGoldens(), ...usualPacksGoldens() })) {
  writeFileSync(new URL(name, import.meta.url), content);
}
