import { systemClock } from '../engine/clock.ts';
import { DATABASE_ROLES, DEFAULT_PACKS, type DatabaseRole, type Sandbox } from '../engine/contracts.ts';
import { openAddress } from '../engine/environments/openAddress.ts';
import { openProviders, settingsSchemas } from '../engine/environments/open.ts';
import type { ReadSession } from '../engine/environments/provider.ts';
import { loadInstallation } from '../env/environments.ts';
import { readVariables } from '../env/variables.ts';
import { NoSuchSandboxError, UsageError } from './errors.ts';

/** Which database is meant: one of a sandbox, or the one whose address stands in a variable. */
export interface DatabaseWish {
  readonly sandbox?: string | undefined;
  readonly urlFrom?: string | undefined;
  /** Which of the two that a sandbox has: `application` where nothing is said. */
  readonly database?: string | undefined;
}

export interface OpenDatabase extends AsyncDisposable {
  /** As people know it; nothing of its address. */
  readonly name: string;
  readonly session: ReadSession;
  readonly role: DatabaseRole;
  /** Absent where the database is known by its address alone. */
  readonly sandbox?: Sandbox;
  /** Names of the packs that are in use there, or usual. */
  readonly packs: readonly string[];
}

/** Who the System Administrator is, the file says of a sandbox alone; no row has these values. */
export const NOBODY: Sandbox['administrator'] = { signIn: '', objectId: '', tenantId: '' };

/** @throws UsageError unless exactly one is named. */
export async function openDatabase({ sandbox, urlFrom, database }: DatabaseWish, usage: string): Promise<OpenDatabase> {
  if ((sandbox === undefined) === (urlFrom === undefined))
    throw new UsageError(
      usage,
      'Name a sandbox of environments.yaml, or a variable that holds the address of a database.',
    );
  const role = DATABASE_ROLES.find((each) => each === (database ?? 'application'));
  if (role === undefined) throw new UsageError(usage, `Behind --database stands ${DATABASE_ROLES.join(' or ')}.`);
  return sandbox === undefined ? openByVariable(urlFrom ?? '', role, usage) : openSandbox(sandbox, role);
}

/** An address on the command line would stand in the list of processes and in the shell's history. */
async function openByVariable(name: string, role: DatabaseRole, usage: string): Promise<OpenDatabase> {
  const address = readVariables()[name];
  if (address === undefined || address === '')
    throw new UsageError(usage, 'The variable behind --url-from is not set: put the address of the database there.');
  const session = await openAddress('The address behind --url-from', address);
  return {
    name: `the database of ${name}`,
    ...{ session, role },
    packs: DEFAULT_PACKS,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

async function openSandbox(name: string, role: DatabaseRole): Promise<OpenDatabase> {
  const variables = readVariables();
  const file = variables['REWIND_ENVIRONMENTS'] ?? 'env/environments.yaml';
  const { installation } = loadInstallation(file, variables, settingsSchemas);
  const sandbox = installation.sandboxes.find((each) => each.name === name);
  if (sandbox === undefined)
    throw new NoSuchSandboxError(
      name,
      installation.sandboxes.map((each) => each.name),
    );
  await using undo = new AsyncDisposableStack();
  const provider = undo.use(openProviders(systemClock));
  const session = undo.use(await provider(sandbox.provider).session(sandbox, 'target', role));
  const open = undo.move();
  const shown = role === 'application' ? name : `${name}, Financial Reporting`;
  return {
    name: shown,
    session,
    role,
    sandbox,
    packs: sandbox.packs,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
