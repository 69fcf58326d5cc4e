import { systemClock } from '../../../engine/clock.ts';
import { createDesk } from '../../../engine/journal/desk.ts';
import { createBot } from '../../../bot/bot.ts';
import { loopbackTrust } from '../../../bot/trust/loopbackTrust.ts';
import { anInstallation, TENANT } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';

// The bot in a process of its own, so that what it costs can be told from what its senders cost. Answers every message
// with its resident memory, and ends with its parent.
const [issuerUrl = '', botAppId = ''] = process.argv.slice(2);
const installation = anInstallation();
const journal = createMemoryJournal(systemClock.now);
const none = async () => {};
const bot = await createBot({
  trust: loopbackTrust({ botAppId, tenantId: TENANT, issuerUrl }),
  journal,
  desk: createDesk({
    journal,
    installation,
    wake: { plan: none, proceed: none },
    now: systemClock.now,
    sign: 'unsigned',
  }),
  installation,
  watchProgress: () => none,
  clock: systemClock,
  log: { info: () => {}, warn: () => {}, error: () => {} },
  linkKeys: [{ id: 'k1', key: 'a key of thirty-two bytes or more' }],
  host: '127.0.0.1',
  port: 0,
});
process.on('message', () => process.send?.({ megabytes: process.memoryUsage.rss() / 2 ** 20 }));
process.on('disconnect', () => process.exit());
process.send?.({ url: bot.url });
