import { pino } from 'pino';
import type { Server } from 'restify';
import { createHttpDoor, type HttpDoor } from '../../../bot/http/httpDoor.ts';
import { createLogLinks, type LogLinks } from '../../../bot/logs/logLinks.ts';
import { loopbackTrust } from '../../../bot/trust/loopbackTrust.ts';
import type { Clock } from '../../../engine/clock.ts';
import { TENANT } from '../builders.ts';

/** The bot's door with nothing behind it but what opens by a link. */
export async function openLinkDoor(
  clock: Clock,
  routes: (server: Server, links: LogLinks) => void,
): Promise<{ readonly door: HttpDoor; readonly links: LogLinks }> {
  const links = createLogLinks({
    keys: [{ id: 'k', key: 'a key of thirty-two bytes or more' }],
    publicUrl: () => 'http://x',
    clock,
  });
  const door = await createHttpDoor({
    trust: loopbackTrust({
      botAppId: '11111111-2222-4333-8444-555555555555',
      tenantId: TENANT,
      issuerUrl: 'http://127.0.0.1:9',
    }),
    host: '127.0.0.1',
    port: 0,
    log: pino({ level: 'silent' }),
    onTurn: async () => {},
    routes: (server) => routes(server, links),
    clock,
  });
  return { door, links };
}
