import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest begins first: begun last, one of them would keep a core waiting, and a fresh clone knows no times of
 * an earlier run. Those that start whole worlds or browsers stand between those that mostly wait.
 */
const longest = [
  'journey/journey',
  'crash/crash',
  'engine/simulation',
  'postgres/postgres',
  'demo/playOnSqlServer',
  'demo/playOnAzure',
  'journey/faults',
  'cards/pictures',
  'sqlServer/faults',
  'demo/company',
  'demo/sqlServer',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return found < 0 ? longest.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.sort((left, right) => place(left) - place(right));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/scratch.ts',
    globals: false,
    // Suites start real servers and load the bot's packages: processes of their own. They wait for these servers for a
    // third of their time, so three of them keep two cores busy.
    pool: 'forks',
    maxWorkers: 3,
    // Nothing outside a test's own hooks keeps state, and loading the packages anew for each file costs 94 s of processor time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Limits that end what hangs, far beyond what a busy machine takes. No test holds a figure of real servers against the
    // clock (npm run bench does): they go by order, counts and ratios, so that none needs a second try.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
