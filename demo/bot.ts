import { parseArgs } from 'node:util';
import { startBot } from '../bot/startBot.ts';
import { loopbackTrust } from '../bot/trust/loopbackTrust.ts';
import { readDemoBotSettings } from '../env/settings.ts';
import { readVariables } from '../env/variables.ts';

// The demo's bot: the same gate and the same code, with the loopback authority's keys in place of Microsoft's.
const { values } = parseArgs({
  options: {
    issuer: { type: 'string', default: '' },
    'bot-id': { type: 'string', default: '' },
    'tenant-id': { type: 'string', default: '' },
    port: { type: 'string', default: '3978' },
  },
});
const settings = readDemoBotSettings(readVariables());
await startBot({
  trust: loopbackTrust({ botAppId: values['bot-id'], tenantId: values['tenant-id'], issuerUrl: values.issuer }),
  settings,
  secrets: [],
  linkKeys: settings.REWIND_LINK_KEYS,
  signingKey: settings.REWIND_SIGNING_KEY,
  host: '127.0.0.1',
  port: Number(values.port),
});
