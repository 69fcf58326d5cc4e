import { pause, type Context } from '../execute/context.ts';
import { sqlError } from '../sql/sqlError.ts';
import { operandOf, required, type Procedure } from './operands.ts';

const modes: Readonly<Record<string, string>> = {
  shared: 'Shared',
  update: 'Update',
  exclusive: 'Exclusive',
  intentshared: 'IntentShared',
  intentexclusive: 'IntentExclusive',
};

const ownerOf = (value: unknown): 'Session' | 'Transaction' =>
  String(value).toLowerCase() === 'session' ? 'Session' : 'Transaction';

const getLock: Procedure = async (context, operands) => {
  const { server, session } = context;
  const resource = required(operands, 'sp_getapplock', '@resource', 0);
  const mode = modes[required(operands, 'sp_getapplock', '@lockmode', 1).toLowerCase()];
  if (!mode) throw sqlError(50_000, 'not emulated: this lock mode');
  const owner = ownerOf(operandOf(operands, '@lockowner', 2) ?? 'Transaction');
  if (owner === 'Transaction' && !session.transaction)
    throw sqlError(
      1223,
      'Cannot get an application lock: the statement is not running in the context of a user transaction.',
    );
  const timeoutMs = Number(operandOf(operands, '@locktimeout', 3) ?? -1);
  const database = session.database.name;
  const holder = () =>
    server.applicationLocks.find(
      (lock) =>
        lock.database === database &&
        lock.resource === resource &&
        lock.session !== session.id &&
        (mode === 'Exclusive' || lock.mode === 'Exclusive'),
    );
  const hadToWait = holder() !== undefined;
  if (hadToWait && timeoutMs === 0) return -1;
  if (hadToWait && !(await waitFor(context, () => !holder(), timeoutMs))) return -1;
  server.applicationLocks.push({ database, resource, session: session.id, owner, mode });
  return hadToWait ? 1 : 0;
};

const releaseLock: Procedure = async ({ server, session }, operands) => {
  const resource = required(operands, 'sp_releaseapplock', '@resource', 0);
  const owner = ownerOf(operandOf(operands, '@lockowner', 1) ?? 'Transaction');
  const at = server.applicationLocks.findIndex(
    (lock) => lock.session === session.id && lock.resource === resource && lock.owner === owner,
  );
  if (at === -1)
    throw sqlError(
      1223,
      `Cannot release the application lock (Database Principal: 'public', Resource: '${resource}') because it is not currently held.`,
    );
  server.applicationLocks.splice(at, 1);
  return 0;
};

/** @returns false after the time-out; a negative one waits for ever. */
async function waitFor({ signal }: Context, isFree: () => boolean, timeoutMs: number): Promise<boolean> {
  for (let waited = 0; !isFree(); waited += 5) {
    if (timeoutMs >= 0 && waited >= timeoutMs) return false;
    await pause(5, signal);
  }
  return true;
}

export const applicationLockProcedures: Readonly<Record<string, Procedure>> = {
  sp_getapplock: getLock,
  sp_releaseapplock: releaseLock,
};
