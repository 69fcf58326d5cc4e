import { hostname, userInfo } from 'node:os';
import { systemClock } from '../engine/clock.ts';
import type { Actor, Installation, Instant, Run, Sandbox } from '../engine/contracts.ts';
import { idsOf } from '../engine/contracts/mayBeDone/index.ts';
import { createDesk } from '../engine/journal/desk.ts';
import type { Desk } from '../engine/journal/deskDeeds.ts';
import type { openJournal } from '../engine/journal/sql/sqlJournal.ts';
import type { VerifyingKey } from '../engine/journal/signatures.ts';
import { readVariables } from '../env/variables.ts';
import type { QueueClient } from '../queue/queueClient.ts';
import { UnknownPersonError } from './errors.ts';

/** What the commands work with: the same desk as the bot's, so that everything is authorised and recorded alike. */
export interface CommandContext extends AsyncDisposable {
  readonly installation: Installation;
  readonly journal: ReturnType<typeof openJournal>;
  /** Public keys of the bot’s, for its signatures. */
  readonly verifyingKeys: readonly VerifyingKey[];
  /** Where the bot keeps the heads of ended runs, when this terminal reaches it. */
  readonly auditFile: string | undefined;
  readonly desk: Desk;
  now(): Instant;
  /** The person that this operating-system account may act for. */
  person(sandbox: Sandbox, as: string | undefined): Actor;
}

export async function openCommandContext(): Promise<CommandContext> {
  const { openJournal, loadInstallation, readWorkerSettings } = await loadStores();
  const variables = readVariables();
  const settings = readWorkerSettings(variables);
  const { installation, secrets } = loadInstallation(settings.REWIND_ENVIRONMENTS, variables, 'names-only');
  const journal = openJournal({ url: settings.REWIND_JOURNAL_URL });
  await journal.migrate();
  let queue: Promise<QueueClient> | undefined;
  const openQueue = async () => {
    const { openQueueClient, createLog, createScrub } = await loadQueue();
    return openQueueClient({
      redis: settings.REWIND_REDIS_URL,
      prefix: settings.REWIND_QUEUE_PREFIX,
      targets: installation.sandboxes.map((sandbox) => sandbox.name),
      log: createLog('rewind', 'error', createScrub(secrets), systemClock.elapsedMs),
    });
  };
  const wake = async (kind: 'plan' | 'proceed', run: Run) => (await (queue ??= openQueue())).wake[kind](run);
  return {
    installation,
    journal,
    verifyingKeys: settings.REWIND_VERIFYING_KEYS ?? [],
    auditFile: settings.REWIND_AUDIT_FILE,
    desk: createDesk({
      journal,
      installation,
      wake: { plan: (run) => wake('plan', run), proceed: (run) => wake('proceed', run) },
      now: systemClock.now,
      sign: 'unsigned',
    }),
    now: systemClock.now,
    person: (sandbox, as) => personOf(installation, sandbox, as),
    async [Symbol.asyncDispose]() {
      await (await queue)?.close();
      await journal[Symbol.asyncDispose]();
    },
  };
}

// Loaded when they are needed: reading files and speaking to servers takes packages, which are most of the time that a command
// takes to start. Help needs none, and only a decision wakes workers.

async function loadStores() {
  const [{ openJournal }, { loadInstallation }, { readWorkerSettings }] = await Promise.all([
    import('../engine/journal/sql/sqlJournal.ts'),
    import('../env/environments.ts'),
    import('../env/settings.ts'),
  ]);
  return { openJournal, loadInstallation, readWorkerSettings };
}

async function loadQueue() {
  const [{ openQueueClient }, { createLog }, { createScrub }] = await Promise.all([
    import('../queue/queueClient.ts'),
    import('../env/log.ts'),
    import('../env/scrub.ts'),
  ]);
  return { openQueueClient, createLog, createScrub };
}

/** The operating system says who sits here; environments.yaml says whom that account may act for. */
function personOf({ people }: Installation, sandbox: Sandbox, as: string | undefined): Actor {
  const account = userInfo().username;
  const mine = people.filter((person) => person.osAccounts.includes(account));
  const chosen = as === undefined ? mine : mine.filter((person) => idsOf(person).includes(as) || person.name === as);
  const [only] = chosen;
  if (!only || chosen.length > 1)
    throw new UnknownPersonError(
      account,
      mine.map((person) => person.name),
      as,
    );
  const way = { kind: 'terminal', host: hostname(), account, ...(as === undefined ? {} : { as }) } as const;
  return { id: only.id, ids: idsOf(only), name: only.name, tenantId: sandbox.administrator.tenantId, way };
}
