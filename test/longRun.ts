/** Set by `npm run test:long`: the random suites then run in full. */
export const isLongRun = process.env['REWIND_LONG'] === '1';
