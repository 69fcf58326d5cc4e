// A process of its own: `node runMutants.ts FOLDER FROM` tries the planner's mutants on a copy of the project, from one of them on.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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
  // What is changed is tried here, and must not be tried a second time by a watcher.
  watch: false,
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
const isRandom = ({ moduleId }: TestSpecification): boolean => moduleId.includes('.random.');

for (const [index, { path, text }] of plannerMutants(process.cwd()).entries()) {
  if (index < Number(from)) continue;
  // A module that was kept by mistake would be noticed, or not, in the name of the next mutant.
  if (index % 25 === 0 && (await isNoticed(path))) throw new Error('The suites fail without a mutant');
  const original = readFileSync(join(folder, path));
  change(path, text);
  const verdict: Verdict = { index, isNoticed: await isNoticed(path) };
  change(path, original);
  console.log(JSON.stringify(verdict));
}
await vitest.close();
// Suites that noticed a mutant have failed, as they should.
process.exit(0);

/** First by the suite of the file itself, then by the other quick ones: most mutants do not get past them. */
async function isNoticed(path: string): Promise<boolean> {
  const isOwn = ({ moduleId }: TestSpecification) => basename(moduleId) === basename(path).replace('.ts', '.test.ts');
  const own = specifications.filter(isOwn);
  const others = specifications.filter((suite) => !isOwn(suite) && !isRandom(suite));
  return !(await passes(own)) || !(await passes(others)) || !(await passes(specifications.filter(isRandom)));
}

async function passes(suites: readonly TestSpecification[]): Promise<boolean> {
  if (suites.length === 0) return true;
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([...suites]);
  // The answer also tells of suites that ran earlier.
  const ran = testModules.filter(({ moduleId }) => suites.some((suite) => suite.moduleId === moduleId));
  return unhandledErrors.length === 0 && ran.length === suites.length && ran.every((module) => module.ok());
}

function change(path: string, text: string | Buffer): void {
  writeFileSync(join(folder, path), text);
  vitest.invalidateFile(join(folder, path));
}
