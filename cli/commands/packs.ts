import { parseArgs } from 'node:util';
import { readVariables } from '../../env/variables.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

export const packs: CliCommand = {
  name: 'packs',
  summary: 'Whether a rule pack can be used: every problem with its line and what to write instead',
  usage: 'packs check FILE',
  async run(args, io) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [verb, file, ...more] = positionals;
    if (verb !== 'check' || file === undefined || more.length > 0)
      throw new UsageError(this.usage, 'Give one file, like contoso.yaml.');
    const { answerCheck } = await import('../packs/answerCheck.ts');
    return answerCheck(file, readVariables()['REWIND_PACKS'], io);
  },
};
