import { parseArgs } from 'node:util';
import { readVariables } from '../../env/variables.ts';
import type { CliCommand } from '../command.ts';

export const migrate: CliCommand = {
  name: 'migrate',
  summary: 'Create or update the tables of the journal',
  usage: 'migrate',
  async run(args, io) {
    parseArgs({ args });
    const [{ openJournal }, { readWorkerSettings }] = await Promise.all([
      import('../../engine/journal/sql/sqlJournal.ts'),
      import('../../env/settings.ts'),
    ]);
    await using journal = openJournal({ url: readWorkerSettings(readVariables()).REWIND_JOURNAL_URL });
    await journal.migrate();
    io.out('The journal’s tables are up to date.');
    return 0;
  },
};
