import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { JONAS, PEOPLE, TEAM, TENANT_ID } from './people.ts';
import type { Supervisor } from './supervisor/supervisor.ts';

export interface PlaygroundOptions {
  readonly supervisor: Supervisor;
  readonly folder: string;
  readonly port: number;
  readonly botAppId: string;
  /** The proxy that signs what this client does not. */
  readonly endpoint: string;
}

/**
 * Starts Microsoft 365 Agents Playground, a chat client for development, as Jonas Weber sees it. It would listen on
 * every interface, so a preload keeps it on 127.0.0.1.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<{ readonly url: string }> {
  const { supervisor, folder, port, botAppId, endpoint } = options;
  const config = join(folder, 'playground.yml');
  writeFileSync(config, stringify(configuration(botAppId)));
  await supervisor.start({
    name: 'playground',
    command: process.execPath,
    args: [
      ...['--require', join(import.meta.dirname, 'loopbackOnly.cjs')],
      join(import.meta.dirname, '..', 'node_modules', '@microsoft', 'm365agentsplayground', 'cli.js'),
      ...['start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'],
    ],
    cwd: folder,
    env: {
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'logs', 'playground.client.log'),
    },
    ready: { http: `http://127.0.0.1:${String(port)}/_debug/ping` },
    readyWithinMs: 30_000,
  });
  return { url: `http://127.0.0.1:${String(port)}` };
}

/** The Playground wants exactly five users beside the one at the keyboard. */
function configuration(botAppId: string): unknown {
  const users = PEOPLE.map((person) => {
    const [givenName = '', surname = ''] = person.name.split(' ');
    const mail = `${givenName.toLowerCase()}@fabrikam.example`;
    return {
      id: person.id,
      name: person.name,
      userPrincipleName: mail,
      aadObjectId: person.aadObjectId,
      givenName,
      surname,
      email: mail,
    };
  });
  return {
    version: '0.1.1',
    tenantId: TENANT_ID,
    bot: { id: botAppId, name: 'Rewind' },
    currentUser: users.find((user) => user.id === JONAS.id),
    users: users.filter((user) => user.id !== JONAS.id),
    personalChat: { id: 'personal-chat-jonas' },
    groupChat: TEAM.groupChat,
    team: {
      id: TEAM.id,
      name: TEAM.name,
      aadGroupId: '5a1d4c10-0010-4000-8000-00000000a010',
      channels: [TEAM.channel],
    },
  };
}
