import { parseArgs } from 'node:util';
import { systemClock } from '../../engine/clock.ts';
import { readVariables } from '../../env/variables.ts';
import type { CliCommand } from '../command.ts';

export const doctor: CliCommand = {
  name: 'doctor',
  summary: 'Whether a worker could work here, or the bot answer: configuration, journal, Redis, servers, Teams',
  usage: 'doctor [--bot]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { bot: { type: 'boolean', default: false } } });
    const [{ examine }, { describeFinding }, { createScrub }] = await Promise.all([
      import('../doctor/examine.ts'),
      import('../doctor/finding.ts'),
      import('../../env/scrub.ts'),
    ]);
    const { secrets, findings } = values.bot ? await lookAtBot() : examine(readVariables(), systemClock);
    const scrub = createScrub(secrets);
    const counts = { good: 0, bad: 0, doubtful: 0 };
    for await (const finding of findings) {
      counts[finding.outcome] += 1;
      io.out(describeFinding({ ...finding, detail: scrub(finding.detail), remedy: scrub(finding.remedy) }));
    }
    const { good, doubtful, bad } = counts;
    io.out(`${String(good)} in order, ${String(doubtful)} to know about, ${String(bad)} to mend`);
    return bad === 0 ? 0 : 1;
  },
};

/** Loaded only where it is asked for: it knows the commands of the bot. */
async function lookAtBot() {
  const [{ examineBot }, { PACKAGE_FILE }] = await Promise.all([
    import('../doctor/bot/examineBot.ts'),
    import('../../appPackage/ownManifest.ts'),
  ]);
  return examineBot({ variables: readVariables(), clock: systemClock, packageFile: PACKAGE_FILE, ask: fetch });
}
