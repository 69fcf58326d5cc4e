import type { Fact, Subject } from './runContext.ts';
import { who } from '../who.ts';

/** Who has accepted what a proof had found, until when and why: a line for each decision. */
export function exceptionFacts({ r, run }: Pick<Subject, 'r' | 'run'>): readonly Fact[] {
  const words = r.words.exception;
  return (run.exceptions ?? []).map(({ findings, by, until, reason }) => ({
    title: words.fact,
    value: words.line(findings.length, who(r, by), r.plain(until, 10), r.plain(reason, 200)),
  }));
}
