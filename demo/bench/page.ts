import { cpus, totalmem } from 'node:os';
import { systemClock } from '../../engine/clock.ts';
import { CROWDS } from './crowd.ts';
import type { Figure } from './figure.ts';

export interface PageFacts {
  readonly rounds: number;
  readonly samples: number;
}

/** docs/benchmarks.md. */
export function pageOf(figures: readonly Figure[], { rounds, samples }: PageFacts): string {
  const rows = figures.map(
    ({ what, value, goal }) => `| ${what} | ${value} | ${goal?.text ?? ''} | ${goal ? verdictOf(goal) : ''} |`,
  );
  const machine = `${String(cpus().length)} cores, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform}`;
  return `# Benchmarks

Written by \`npm run bench\` (${systemClock.now().slice(0, 10)}; ${machine}). Everything runs in one go on real PostgreSQL and Redis, so
compare the lines with each other, not with another machine. A goal that is not met ends nothing; the bench fails when a refresh, a
rollback or a reply does. \`node demo/bench/main.ts flood\`, \`… crowd\`, \`… cli\`, \`… sandboxes\`, \`… sanitization\` and \`… masks\` measure
the flood, many conversations at once, the terminal, the idle worker, sanitization and masks alone and write no page.

| what | measured | goal | |
| --- | --- | --- | --- |
${rows.join('\n')}

How each is made:

- **Refresh**: median of ${String(rounds)} rounds, all three in turns. *Bare* is the same restore, sanitization, post-conditions and swap called
  one after the other by a script in the same process. *With all that a run proves* calls between them, by the same functions, what a run
  proves besides: what rules protect is noted before the first of them and searched for behind the last, every column is looked at,
  and what the sandbox alone enforces is tried. *Whole* adds the journal, leases, checks, logs and progress of a run, the
  profile, and the report. None has commands to run or a cutover to wait for. What the proofs take, and the overhead of whole beside bare with
  proofs, are the medians of the rounds' differences.
- **Switch** and **rollback** are the run's own figures: from the first name that changes to the last, and from the request until the target
  is back. The refreshed database is dropped behind the rollback, so its drop is not in it. The company's clusters run with \`fsync\` off
  (demo/clusters/configuration.ts); the lines *with fsync* are 3 rounds with it on in uat, old database and new, on this machine's
  disk. Ten times larger: 3 rounds after some 900 MB were added to production and uat.
- **Out of reach** is the longest time without an answer that a client saw in 3 rounds of their own: it connects anew every 10 ms.
- **Click**: from the wake-up call to the engine's first look at the run, ${String(samples)} times; beside it a job of BullMQ alone in the same Redis.
- **First reply**: from the typed command to the card at the chat's own door, through the signing proxy, ${String(samples)} times.
- **At once**: ${String(CROWDS)} times fifty people type \`/status\` at the same moment, each in a personal chat of their own; from there to the
  card at the chat's door, all times together, after two rounds that warm the bot up.
- **Flood**: forged requests over 50 connections to the demo's bot in its own process, of four kinds in turn: no token, garbage, another
  issuer, a good token's words with a signature that does not hold. Growth is the resident memory right after the last one, less that
  before the first. The bare server answers 401 to the same flood with no code in between. A good request is a signed message to
  the same bot, sent every 50 ms meanwhile; on a small machine it shares the cores with the flood's sender.
- **Terminal**: 9 rounds in turns with \`node -e 0\`, on the Node that the project pins, after one round that fills the compile cache. The
  first query is the first byte that a listener in the journal's place receives.
- **Idle worker**: two workers side by side, one for one sandbox and one for thirty (the same under thirty names), each with queues of its own. 20 s after their
  start they are watched for a minute, a round of surveys among it. Connections are those to the journal, to Redis and to databases.
- **Sanitization**: two databases made from the same one, on a cluster of its own with the company's settings. *A script by hand* is one UPDATE and
  one TRUNCATE by \`pg\`, proving nothing. The other is what the step does: fence, ledger, resting triggers, look at a sample, rewrite, truncate,
  statistics, post-conditions. *With all proofs* it also notes before the first rule what the rules protect, looks at the post-conditions
  and at every column on sessions of its own, and searches both databases for what was noted. With \`npm run bench -- --large\` also 20 million rows,
  which need about 20 GB of free disk.
- **Masks**: one column of every row of a table of its own, by the statement that a rule sends: as an UPDATE, and with the table written anew;
  beside them, three times in between, the UPDATE that clears the column. Tried as bare expressions with a million rows before they were
  built, an UPDATE took 1.3× of clearing for a keyed hash, 1.4× for a mail address and a phone number, 1.6× for a name and 1.8× for an IBAN;
  what a mask does beyond that is to leave made-up values as they are, and to write letters that count as the same alike.
- **Restore chain**: windows and chain from a parsed history, best of five, against the way one would write it first.
`;
}

/** The same for a terminal. */
export function linesOf(figures: readonly Figure[]): readonly string[] {
  return figures.map(({ what, value, goal }) => {
    const verdict = goal ? `goal ${goal.text}: ${goal.isMet ? 'met' : 'NOT MET'}` : '';
    return `${what.padEnd(56)} ${value.padEnd(30)} ${verdict}`.trimEnd();
  });
}

function verdictOf({ isMet }: { readonly isMet: boolean }): string {
  return isMet ? 'met' : '**not met**';
}
