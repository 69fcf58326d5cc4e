/** What an audit's answer is worth; docs/how-to/audit-a-run.md has each case. */
export const COVERAGE = [
  'Covered: every record of a run, the run as cards and workers read it, and the lines of its log that a record has seen, each by',
  'hashes that follow from one another; what people decided about schedules, likewise; that no run and no record is missing; who holds',
  'each target. Not covered: where cards lie, what sources can be restored to, and lines behind the last record. Whoever may write the journal may also write all of it anew,',
  'so that it fits again: that is found only by a head kept elsewhere (the message in Teams, REWIND_AUDIT_FILE). What they cannot',
  'write is the bot’s signature under a decision.',
].join('\n');
