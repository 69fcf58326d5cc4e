import { userInfo } from 'node:os';
import { systemClock } from '../engine/clock.ts';
import type { Installation, Person, Sandbox } from '../engine/contracts.ts';
import { createDesk, type Desk } from '../engine/journal/desk.ts';
import type { Journal } from '../engine/journal/journal.ts';
import { openJournal } from '../engine/journal/sqlJournal.ts';
import { loadInstallation } from '../env/environments.ts';
import { createScrub } from '../env/scrub.ts';
import { createLog } from '../env/log.ts';
import { readWorkerSettings } from '../env/settings.ts';
import { readVariables } from '../env/variables.ts';
import { openQueueClient } from '../queue/queueClient.ts';
import { UnknownPersonError } from './errors.ts';

/** What the commands work with: the same desk as the bot's, so that everything is authorised and recorded alike. */
export interface CommandContext extends AsyncDisposable {
  readonly installation: Installation;
  readonly journal: Journal;
  readonly desk: Desk;
  /** The person that this operating-system account may act for. */
  person(sandbox: Sandbox, as: string | undefined): Person;
}

export async function openCommandContext(): Promise<CommandContext> {
  const variables = readVariables();
  const settings = readWorkerSettings(variables);
  const { installation, secrets } = loadInstallation(settings.REWIND_ENVIRONMENTS, variables, 'names-only');
  const journal = openJournal({ url: settings.REWIND_JOURNAL_URL });
  await journal.migrate();
  const door = openQueueClient({
    redis: settings.REWIND_REDIS_URL,
    prefix: settings.REWIND_QUEUE_PREFIX,
    targets: installation.sandboxes.map((sandbox) => sandbox.name),
    log: createLog('rewind', 'error', createScrub(secrets)),
  });
  return {
    installation,
    journal,
    desk: createDesk({ journal, sandboxes: installation.sandboxes, wake: door.wake, now: systemClock.now }),
    person: (sandbox, as) => personOf(installation, sandbox, as),
    async [Symbol.asyncDispose]() {
      await door.close();
      await journal[Symbol.asyncDispose]();
    },
  };
}

/** The operating system says who sits here; environments.yaml says whom that account may act for. */
function personOf({ people }: Installation, sandbox: Sandbox, as: string | undefined): Person {
  const account = userInfo().username;
  const mine = people.filter((person) => person.osAccounts.includes(account));
  const chosen = as === undefined ? mine : mine.filter((person) => person.id === as || person.name === as);
  const [only] = chosen;
  if (!only || chosen.length > 1)
    throw new UnknownPersonError(
      account,
      mine.map((person) => person.name),
      as,
    );
  return { id: only.id, name: only.name, tenantId: sandbox.administrator.tenantId };
}
