/** Set by `npm run test:long`: the random suites then run in full. */
export const isLongRun = process.env['REWIND_LONG'] === '1';

/** The environment for a child process that runs the suites as `npm test` does. */
export function shortRunEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, REWIND_LONG: '' };
}
