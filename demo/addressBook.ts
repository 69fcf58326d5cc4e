import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PEOPLE, TENANT_ID } from './people.ts';
import type { Demo } from './startDemo.ts';

/** `.demo/demo.json`: every address, so that anyone can look inside or join with a client of their own. */
export function writeAddressBook(folder: string, demo: Demo, chatUrl: string | undefined): void {
  const { company } = demo;
  const book = {
    chat: { url: chatUrl ?? null },
    // Activities go to `url`, which signs them; the bot's own door answers the rest.
    bot: { url: demo.botUrl, health: `${demo.doorUrl}/healthz` },
    tenantId: TENANT_ID,
    users: PEOPLE,
    environments: Object.fromEntries(
      (['prod', 'uat', 'test'] as const).map((name) => {
        const { application, financialReporting } = company[name].auditor;
        return [name, { application, financialReporting }];
      }),
    ),
    moments: company.moments.map(({ name, at }) => ({ name, at })),
    journal: demo.journalUrl,
    redis: demo.redisUrl,
  };
  writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(book, null, 2)}\n`, { mode: 0o600 });
}

/** `TEAMSFX_ENV=demo npx rewind …` reads its addresses from here; the file's name keeps it out of git. */
export function writeTerminalVariables(demo: Demo): void {
  const lines = Object.entries(demo.variables).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join('env', '.env.demo.user'), `${lines.join('\n')}\n`, { mode: 0o600 });
}
