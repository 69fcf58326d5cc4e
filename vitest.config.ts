import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    // Suites start real servers and load the bot's packages: processes of their own, and no more of them than the usual two cores.
    pool: 'forks',
    maxWorkers: 2,
    // Limits that end what hangs, far beyond what a busy machine takes. No test holds a figure of real servers against the
    // clock (npm run bench does): they go by order, counts and ratios, so that none needs a second try.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
