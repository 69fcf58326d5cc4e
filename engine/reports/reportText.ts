import { shownText } from '../shownText.ts';
import type { Report } from './report.ts';
import { sectionsOf } from './reportSections.ts';
import type { ReportVerdict } from './signedReport.ts';

/** A report as the terminal shows it; `said`: what became of its signature. */
export function reportText(report: Report, said: string): string {
  const sections = sectionsOf(report).map(({ title, lines = [], facts = [], table }) => [
    title,
    ...lines.map((line) => `  ${shownText(line)}`),
    ...facts.map(([name, value]) => `  ${shownText(name, 17)}${shownText(value)}`),
    ...(table ? [table.head, ...table.rows].map((row) => `  ${rowText(row)}`) : []),
  ]);
  return [`Report of ${shownText(report.run)}: ${shownText(said)}`, ...sections.map((lines) => lines.join('\n'))].join(
    '\n\n',
  );
}

const WIDTHS = [34, 34, 14];

const rowText = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => shownText(cell, WIDTHS[index] ?? 0))
    .join(' ')
    .trimEnd();

/** One sentence without its full stop. */
export function describeVerdict(verdict: ReportVerdict, knownKeys: readonly string[]): string {
  switch (verdict.kind) {
    case 'valid':
      return `signed with ${verdict.key}, and unaltered`;
    case 'unsigned':
      return 'NOT signed: nothing shows that it is as the worker made it';
    case 'unknown-key':
      return `NOT verified: signed with ${verdict.key}, which is not among the keys given here (${knownKeys.join(', ') || 'none'})`;
    case 'other-run':
      return `of ANOTHER RUN: it is about ${verdict.report.run}, not ${verdict.wanted}`;
    case 'altered':
      return 'ALTERED: it is not as the worker made it';
    case 'unreadable':
      return 'NO report, or of a version that this Rewind does not know';
  }
}
