import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

export const profile: CliCommand = {
  name: 'profile',
  summary: 'Which users and jobs the sandbox had before a refresh and what became of them; for its operators',
  usage: 'profile RUN [--as PERSON]',
  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options: { as: { type: 'string' } }, allowPositionals: true });
    const [runId, ...more] = positionals;
    if (runId === undefined || more.length > 0) throw new UsageError(this.usage);
    const { answerProfile } = await import('../profile/answerProfile.ts');
    return answerProfile(runId, values.as, io);
  },
};
