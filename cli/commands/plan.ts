import type { CliCommand } from '../command.ts';

export const plan: CliCommand = {
  name: 'plan',
  summary: 'Plan a restore from an exported SQL Server backup history, without any server',
  usage: 'plan --history FILE --at INSTANT [--database NAME] [--json]',
  async run(args, io) {
    const { planFromHistory } = await import('../planFromHistory.ts');
    return planFromHistory(args, io, this.usage);
  },
};
