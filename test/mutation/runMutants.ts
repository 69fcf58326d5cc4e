// A process of its own: `node runMutants.ts FOLDER FROM` tries the planner's mutants on a copy of the project, from one of them on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type TestSpecification } from 'vitest/node';
import { plannerMutants } from './plannerMutants.ts';

/** One line of output per mutant. */
export interface Verdict {
  readonly index: number;
  readonly isNoticed: boolean;
}

const [folder = '', from = '0'] = process.argv.slice(2);
const vitest = await createVitest('test', {
  root: folder,
  config: false,
  watch: true,
  include: ['test/**/*.test.ts'],
  // One thread that keeps its modules: what costs is starting, not the suites.
  pool: 'threads',
  isolate: false,
  maxWorkers: 1,
  reporters: [{}],
  testTimeout: 60_000,
});
await vitest.standalone();
const specifications = await vitest.globTestSpecifications();
// The quick suites first: most mutants do not get past them.
const [quick, random] = [false, true].map((isRandom) =>
  specifications.filter(({ moduleId }) => moduleId.includes('.random.') === isRandom),
);

for (const [index, { path, text }] of plannerMutants(process.cwd()).entries()) {
  if (index < Number(from)) continue;
  // A module that was kept by mistake would be noticed, or not, in the name of the next mutant.
  if (index % 25 === 0 && (await isNoticed())) throw new Error('The suites fail without a mutant');
  const original = readFileSync(join(folder, path));
  change(path, text);
  const verdict: Verdict = { index, isNoticed: await isNoticed() };
  change(path, original);
  console.log(JSON.stringify(verdict));
}
await vitest.close();
// Suites that noticed a mutant have failed, as they should.
process.exit(0);

async function isNoticed(): Promise<boolean> {
  return !(await passes(quick)) || !(await passes(random));
}

async function passes(suites: readonly TestSpecification[] = []): Promise<boolean> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([...suites]);
  // The answer also tells of suites that ran earlier.
  const ran = testModules.filter(({ moduleId }) => suites.some((suite) => suite.moduleId === moduleId));
  return unhandledErrors.length === 0 && ran.length === suites.length && ran.every((module) => module.ok());
}

function change(path: string, text: string | Buffer): void {
  writeFileSync(join(folder, path), text);
  vitest.invalidateFile(join(folder, path));
}
