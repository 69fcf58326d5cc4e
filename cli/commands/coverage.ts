import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

const OPTIONS = {
  sandbox: { type: 'string' },
  environment: { type: 'string' },
  database: { type: 'string' },
  'url-from': { type: 'string' },
  pack: { type: 'string', multiple: true, default: [] as string[] },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  skeleton: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export const coverage: CliCommand = {
  name: 'coverage',
  summary: 'Which columns of a database look personal or secret, and no rule pack speaks of them',
  usage:
    'coverage (--sandbox NAME | --url-from VARIABLE) [--database financialReporting] [--pack NAME]… [--baseline FILE] [--write-baseline FILE] [--skeleton | --json]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.skeleton && values.json) throw new UsageError(this.usage, 'Choose --skeleton or --json.');
    const { answerCoverage } = await import('../coverage/answerCoverage.ts');
    const wish = {
      ...values,
      packs: values.pack,
      sandbox: values.sandbox ?? values.environment,
      urlFrom: values['url-from'],
      writeBaseline: values['write-baseline'],
    };
    return answerCoverage(wish, this.usage, io);
  },
};
