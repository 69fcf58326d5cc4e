import { sayLastWords } from '../env/lastWords.ts';
import { readBotSettings } from '../env/settings.ts';
import { readVariables } from '../env/variables.ts';
import { startBot } from './startBot.ts';
import { teamsTrust } from './trust/teamsTrust.ts';

sayLastWords();

// The bot in production. It can only trust Teams: another trust is not within reach of this file or of any setting.
const settings = readBotSettings(readVariables());
await startBot({
  trust: teamsTrust({ botAppId: settings.BOT_ID, tenantId: settings.BOT_TENANT_ID, credential: settings.credential }),
  settings,
  secrets: settings.credential.kind === 'secret' ? [settings.credential.secret] : [],
  linkKeys: settings.REWIND_LINK_KEYS,
  signingKey: settings.REWIND_SIGNING_KEY,
  host: settings.HOST,
  port: settings.PORT,
  publicUrl: settings.REWIND_PUBLIC_URL,
});
