import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

const OPTIONS = {
  html: { type: 'string' },
  out: { type: 'string' },
  run: { type: 'string' },
  keys: { type: 'string' },
} as const;

export const report: CliCommand = {
  name: 'report',
  summary: 'What was proved of the copy of a run, and what was not; verify checks a file without the journal',
  usage: 'report RUN [--html FILE] [--out FILE] | report verify FILE [--run RUN] [--keys NAME:KEY,…]',
  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [first, file, ...more] = positionals;
    const isVerify = first === 'verify';
    const foreign = isVerify ? [values.html, values.out] : [values.run, values.keys, file];
    if (first === undefined || more.length > 0 || foreign.some((value) => value !== undefined))
      throw new UsageError(this.usage);
    if (isVerify && file === undefined) throw new UsageError(this.usage, 'Give the file, like R-1042.report.json.');
    const { answerReport, answerVerify } = await import('../report/answerReport.ts');
    return file === undefined ? answerReport(first, values, io) : answerVerify(file, values, io);
  },
};
