import { systemClock } from '../engine/clock.ts';
import { DEFAULT_PACKS, type Sandbox } from '../engine/contracts.ts';
import { openAddress } from '../engine/environments/openAddress.ts';
import { openProviders, settingsSchemas } from '../engine/environments/open.ts';
import type { ReadSession } from '../engine/environments/provider.ts';
import { loadInstallation } from '../env/environments.ts';
import { readVariables } from '../env/variables.ts';
import { NoSuchSandboxError, UsageError } from './errors.ts';

/** Which database is meant: a sandbox's application database, or the one whose address stands in a variable. */
export interface DatabaseWish {
  readonly sandbox?: string | undefined;
  readonly urlFrom?: string | undefined;
}

export interface OpenDatabase extends AsyncDisposable {
  /** As people know it; nothing of its address. */
  readonly name: string;
  readonly session: ReadSession;
  /** Absent where the database is known by its address alone. */
  readonly sandbox?: Sandbox;
  /** Names of the packs that are in use there, or usual. */
  readonly packs: readonly string[];
}

/** Who the System Administrator is, the file says of a sandbox alone; no row has these values. */
export const NOBODY: Sandbox['administrator'] = { signIn: '', objectId: '', tenantId: '' };

/** @throws UsageError unless exactly one is named. */
export async function openDatabase({ sandbox, urlFrom }: DatabaseWish, usage: string): Promise<OpenDatabase> {
  if ((sandbox === undefined) === (urlFrom === undefined))
    throw new UsageError(
      usage,
      'Name a sandbox of environments.yaml, or a variable that holds the address of a database.',
    );
  return sandbox === undefined ? openByVariable(urlFrom ?? '', usage) : openSandbox(sandbox);
}

/** An address on the command line would stand in the list of processes and in the shell's history. */
async function openByVariable(name: string, usage: string): Promise<OpenDatabase> {
  const address = readVariables()[name];
  if (address === undefined || address === '')
    throw new UsageError(usage, 'The variable behind --url-from is not set: put the address of the database there.');
  const session = await openAddress('The address behind --url-from', address);
  return {
    name: `the database of ${name}`,
    session,
    packs: DEFAULT_PACKS,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

async function openSandbox(name: string): Promise<OpenDatabase> {
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
  const session = undo.use(await provider(sandbox.provider).session(sandbox, 'target', 'application'));
  const open = undo.move();
  return { name, session, sandbox, packs: sandbox.packs, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
