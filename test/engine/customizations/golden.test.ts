import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { customizationsGoldens } from '../../golden/customizations.ts';

test.each(Object.entries(customizationsGoldens()))(
  'what is asked about customizations › %s is what test/golden holds (node test/golden/update.ts writes it anew)',
  (name, content) => {
    expect(content).toBe(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'));
  },
);
