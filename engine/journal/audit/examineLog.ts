import { CHAIN_START, logHashOf } from '../hashChain.ts';
import { LOG_LINES_PER_RUN } from '../journal.ts';
import { range, type Finding } from './finding.ts';
import type { BoundLine, RunMaterial } from './material.ts';

export interface LogReport {
  readonly findings: readonly Finding[];
  /** What is true of it and no finding. */
  readonly notes: readonly string[];
}

/** Whether the lines of a log are those that its records have seen. */
export function examineLog({ run, records, log }: RunMaterial): LogReport {
  const { runId } = run;
  const findings: Finding[] = [...gapsIn(log, runId)];
  const find = (kind: Finding['kind'], text: string) => findings.push({ kind, runId, text });
  const hashes = new Map<number, string>();
  let before: BoundLine | undefined;
  for (const line of log) {
    if (line.previousHash === null) {
      if (before && hashes.has(before.seq))
        find('log-altered', `line ${String(line.seq)} of the log is bound by nothing`);
    } else {
      const follows = before?.seq === line.seq - 1 ? (hashes.get(before.seq) ?? CHAIN_START) : line.previousHash;
      const isFirst = line.seq === 1 && line.previousHash !== CHAIN_START;
      if (follows !== line.previousHash || isFirst)
        find('log-altered', `line ${String(Math.max(1, line.seq - 1))} of the log is not what was written`);
      hashes.set(line.seq, logHashOf(line.previousHash, line));
    }
    before = line;
  }
  const last = log.at(-1)?.seq ?? 0;
  const first = log[0]?.seq ?? 1;
  let seen = 0;
  for (const { evidence } of records) {
    const head = evidence?.log;
    if (!head || head.lines <= seen) continue;
    if (head.lines > last && last >= seen)
      find('log-missing', `line ${range(last + 1, head.lines)} of the log is missing at the end`);
    else if (head.lines >= first && hashes.get(head.lines) !== head.hash && findings.length === 0)
      find('log-altered', amongLines(seen + 1, head.lines));
    seen = head.lines;
  }
  const unbound = log.filter(({ previousHash }) => previousHash === null).length;
  return {
    findings,
    notes: [
      ...(unbound > 0 ? [`The first ${String(unbound)} lines of the log are of a version that did not bind them`] : []),
      ...(last > Math.max(seen, unbound)
        ? [`Line ${range(Math.max(seen, unbound) + 1, last)} of the log came behind the last record that binds them`]
        : []),
    ],
  };
}

const amongLines = (from: number, to: number): string =>
  from === to
    ? `line ${String(to)} of the log is not what was written`
    : `among lines ${range(from, to)} of the log one is not what was written`;

/** Only a log of the greatest length has lost its first lines by itself. */
function gapsIn(log: readonly BoundLine[], runId: string): readonly Finding[] {
  const missing = (from: number, to: number): Finding => ({
    kind: 'log-missing',
    runId,
    text: `line ${range(from, to)} of the log is missing`,
  });
  return log.flatMap(({ seq }, index) => {
    const expected = index === 0 ? 1 : (log[index - 1]?.seq ?? 0) + 1;
    const isCut = index === 0 && log.length >= LOG_LINES_PER_RUN;
    return seq > expected && !isCut ? [missing(expected, seq - 1)] : [];
  });
}
