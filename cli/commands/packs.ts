import { parseArgs } from 'node:util';
import { readVariables } from '../../env/variables.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

const OPTIONS = {
  sandbox: { type: 'string' },
  environment: { type: 'string' },
  database: { type: 'string' },
  'url-from': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const packs: CliCommand = {
  name: 'packs',
  summary: 'Whether a rule pack can be used: every problem with its line; what packs would change in a database',
  usage:
    'packs check FILE | packs try [FILE] (--sandbox NAME | --url-from VARIABLE) [--database financialReporting] [--json]',
  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [verb, file, ...more] = positionals;
    const hasOptions = args.length > positionals.length;
    if (more.length > 0) throw new UsageError(this.usage, 'Give one file, like contoso.yaml.');
    if (verb === 'check' && file !== undefined && !hasOptions) {
      const { answerCheck } = await import('../packs/answerCheck.ts');
      return answerCheck(file, readVariables()['REWIND_PACKS'], io);
    }
    if (verb !== 'try') throw new UsageError(this.usage, 'Give one file, like contoso.yaml.');
    const { answerTry } = await import('../packs/answerTry.ts');
    const wish = { ...values, file, sandbox: values.sandbox ?? values.environment, urlFrom: values['url-from'] };
    return answerTry(wish, this.usage, io);
  },
};
