import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { commands } from '../../cli/commands/index.ts';
import { explain } from '../../cli/explain.ts';
import { REWIND, type Person, type Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { aDraft, EVENTS } from '../engine/journal/builders.ts';
import { startTestServer, type TestServer } from '../engine/journal/testDatabase.ts';
import { JONAS, LARS, MIRA, NOOR, TENANT } from '../builders.ts';

/** A real journal and an environments.yaml; Redis is away, as it may be when somebody has to act from a terminal. */
export interface CliHouse extends AsyncDisposable {
  readonly journal: Journal;
  readonly server: TestServer;
  readonly journalUrl: string;
  /** What the terminal's process finds in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** More environments.yaml: each person with an account of their own and plans approved in a terminal, and what is missing in each. */
  readonly files: Readonly<Record<'ownAccounts' | 'ownersAccount' | 'approvalOff' | 'sharedAccount', string>>;
  /** Asked for by Jonas, waiting for somebody's approval. */
  waitingRun(by?: Person): Promise<Run>;
  queuedRun(): Promise<Run>;
  completedRun(): Promise<Run>;
  /** A proof has found something in its copy; Noor answers for the data. */
  foundRun(): Promise<Run>;
}

const databases = { application: 'AxDB', financialReporting: 'MR' };

export async function startCliHouse(): Promise<CliHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-cli-'));
  const account = userInfo().username;
  const write = (name: string, accountsOf: (person: string) => readonly string[], more: object = {}): string => {
    const path = join(folder, name);
    writeFileSync(
      path,
      stringify({
        ...more,
        people: [JONAS, MIRA, LARS, NOOR].map((person) => ({
          id: person.id,
          name: person.name,
          osAccounts: accountsOf(person.name),
        })),
        sources: { prod: { provider: 'postgres', databases, settings: { reader: '${NOBODY_NEEDS_THIS}' } } },
        sandboxes: {
          uat: {
            provider: 'postgres',
            databases,
            sources: ['prod'],
            requesters: [JONAS.id],
            approvers: [MIRA.id],
            dataOwners: [NOOR.id],
            administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
            policy: { keepPrevious: '3d' },
          },
        },
      }),
    );
    return path;
  };
  const file = write('environments.yaml', (name) =>
    name === LARS.name || name === NOOR.name ? [name.toLowerCase()] : [account],
  );
  const own = (name: string) => (name === MIRA.name ? [account] : [name.toLowerCase()]);
  const ownAccounts = write('own-accounts.yaml', own, { terminalApproval: true });
  const isNoor = (name: string) => (name === NOOR.name ? [account] : [name.toLowerCase()]);
  const ownersAccount = write('owners-account.yaml', isNoor, { terminalApproval: true });
  const approvalOff = write('approval-off.yaml', own);
  const sharedAccount = write('shared-account.yaml', () => [account], { terminalApproval: true });
  const server = await startTestServer();
  const journalUrl = await server.newDatabase();
  const journal = openJournal({ url: journalUrl });
  await journal.migrate();

  const record = (runId: string, kind: keyof typeof EVENTS, actor = REWIND) =>
    journal.record(runId, EVENTS[kind], { actor });
  const waitingRun = async (by: Person = JONAS) => {
    const { runId } = await journal.draft(aDraft({ requestedBy: by }));
    await record(runId, 'choose-moment', by);
    await record(runId, 'plan-made');
    return record(runId, 'confirm', by);
  };
  const queuedRun = async () => record((await waitingRun()).runId, 'approve', MIRA);
  return {
    journal,
    server,
    journalUrl,
    variables: {
      REWIND_JOURNAL_URL: journalUrl,
      REWIND_REDIS_URL: 'redis://127.0.0.1:1',
      REWIND_ENVIRONMENTS: file,
      TEAMSFX_ENV: 'none',
    },
    files: { ownAccounts, ownersAccount, approvalOff, sharedAccount },
    waitingRun,
    queuedRun,
    async foundRun() {
      const { runId } = await queuedRun();
      await record(runId, 'start');
      return record(runId, 'ask-exception');
    },
    async completedRun() {
      const { runId } = await queuedRun();
      for (const kind of ['start', 'closed', 'swapped'] as const) await record(runId, kind);
      return record(runId, 'complete');
    },
    async [Symbol.asyncDispose]() {
      await journal[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One command as `rewind` would run it, in this process, with nobody at the keyboard. */
export const rewind = (...words: readonly string[]) => rewindAnswering('', ...words);

/** The same with somebody who types one answer. */
export async function rewindAnswering(answer: string, ...words: readonly string[]) {
  const [name, ...args] = words;
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Error(`There is no command ${name ?? ''}`);
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    ...{ out: (text: string) => out.push(text), err: (text: string) => err.push(text), cwd: process.cwd() },
    ask: (question: string) => {
      out.push(question);
      return Promise.resolve(answer);
    },
  };
  try {
    const exitCode = await command.run([...args], io);
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  } catch (error) {
    return { exitCode: 1, out: out.join('\n'), err: explain(error, command.usage) };
  }
}
