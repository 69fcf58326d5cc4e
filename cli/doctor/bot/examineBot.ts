import type { Clock } from '../../../engine/clock.ts';
import { loadInstallation } from '../../../env/environments.ts';
import { readBotSettings } from '../../../env/settings.ts';
import { attempt } from '../configuration.ts';
import type { Examination } from '../examine.ts';
import { examined, good } from '../finding.ts';
import { examineJournal, examineRedis } from '../stores.ts';
import { examineAppPackage } from './appPackage.ts';
import { examineAddress } from './publicAddress.ts';
import { examineReach } from './reach.ts';
import { examineRegistration } from './registration.ts';
import { examineWebhooks } from './webhooks.ts';
import { examineTeams } from './teams.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const SECRETS = ['BOT_PASSWORD', 'REWIND_LINK_KEYS', 'REWIND_SIGNING_KEY', 'REWIND_JOURNAL_URL', 'REWIND_REDIS_URL'];

export interface BotExamination {
  readonly variables: Variables;
  readonly clock: Clock;
  /** The app package as it was built. */
  readonly packageFile: string;
  /** How a web address is asked; tests answer on this machine. */
  readonly ask: typeof fetch;
}

/** What stands between a new installation and its first answer in Teams, in the order of docs/install-in-teams.md. */
export function examineBot({ variables, clock, packageFile, ask }: BotExamination): Examination {
  const settings = attempt('bot settings', () => readBotSettings(variables));
  const path = settings.value?.REWIND_ENVIRONMENTS ?? variables['REWIND_ENVIRONMENTS'] ?? 'env/environments.yaml';
  // As the bot reads it: names, roles and policies, without the variables that only workers have.
  const loaded = attempt(path, () => loadInstallation(path, variables, 'names-only'));
  const look = (subject: string, see: Parameters<typeof examined>[2]) => examined(subject, clock, see);
  return {
    secrets: SECRETS.flatMap((name) => variables[name] ?? []),
    findings: (async function* () {
      const { value: bot, findings } = settings;
      const { value: file, findings: inFile } = loaded;
      yield* findings;
      if (bot) yield* await look('registration of the bot', () => examineRegistration(bot, ask));
      yield* await look('way to Teams', () => examineTeams(ask));
      yield* inFile;
      if (file) yield* examineWebhooks(file.installation);
      if (file) yield good('version of environments.yaml', file.version);
      if (bot) yield* await look('journal', () => examineJournal(bot.REWIND_JOURNAL_URL, clock));
      if (bot) yield* await look('Redis', () => examineRedis(bot.REWIND_REDIS_URL));
      if (bot) yield* await look('public address', () => examineAddress(bot, file, ask));
      yield examineAppPackage(variables, packageFile);
      if (bot && file)
        yield* await look('people and places', () => examineReach(bot.REWIND_JOURNAL_URL, file.installation, clock));
    })(),
  };
}
