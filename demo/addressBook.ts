import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JONAS, PEOPLE, TENANT_ID } from './people.ts';
import type { World } from './world.ts';

/** `.demo/demo.json`: every address, so that anyone can look inside or join with a client of their own. */
export function writeAddressBook(folder: string, world: World, chatUrl: string | undefined): void {
  const { company } = world;
  const book = {
    chat: { url: chatUrl ?? null, user: JONAS.name },
    // Activities go to `url`, which signs them; the bot's own door answers the rest.
    bot: { url: world.botUrl, health: `${world.doorUrl}/healthz` },
    tenantId: TENANT_ID,
    users: PEOPLE,
    environments: Object.fromEntries(
      (['prod', 'uat', 'test'] as const).map((name) => {
        const { application, financialReporting } = company[name].auditor;
        return [name, { application, financialReporting }];
      }),
    ),
    moments: company.moments.map(({ name, at }) => ({ name, at })),
    journal: world.journalUrl,
    redis: world.redisUrl,
  };
  writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(book, null, 2)}\n`, { mode: 0o600 });
}

/** `TEAMSFX_ENV=demo npx rewind …` reads its addresses from here; the file's name keeps it out of git. */
export function writeTerminalVariables(world: World): void {
  const lines = Object.entries(world.variables).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join('env', '.env.demo.user'), `${lines.join('\n')}\n`, { mode: 0o600 });
}
