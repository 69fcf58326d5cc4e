import type { Clock } from '../../clock.ts';
import type { Instant } from '../../contracts.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import type { Guard } from '../../databases/sqlServer/statement.ts';
import type { ActContext } from '../provider.ts';
import { proveFence } from '../sqlServer/fence.ts';
import type { Changing } from '../sqlServer/swap/prepareUsers.ts';
import { retry } from '../../retry.ts';
import { openDatabase } from './openDatabase.ts';
import { AzureBusyError } from './resourceManager/errors.ts';
import type { Operation } from './resourceManager/operations.ts';
import type { Writable } from './resourceManager/writable.ts';
import type { World } from './world.ts';

/** One act of the worker that has the target. Whatever it changes goes through `guarded` or `inside`, with the fence in front. */
export interface AzureAct extends ActContext {
  readonly world: World;
  readonly clock: Clock;
  /** The control database, which holds the fence. */
  readonly control: Connection;
  readonly guard: Guard;
}

/** Changes something by way of Resource Manager. @throws FencedError */
export async function guarded<Result>(act: AzureAct, change: () => Promise<Result>): Promise<Result> {
  act.signal.throwIfAborted();
  await proveFence(act.control, act.guard, act.signal);
  return change();
}

const PATIENCE_MS = 300_000;
const PAUSE_MS = 15_000;

/** The same for what may be asked for again and again: something else that goes on with the database is waited for. */
export const patiently = <Result>(act: AzureAct, change: () => Promise<Result>): Promise<Result> =>
  retry(() => guarded(act, change), {
    ...{ clock: act.clock, signal: act.signal, withinMs: PATIENCE_MS, pauseMs: () => PAUSE_MS },
    isWorthIt: (error) => error instanceof AzureBusyError,
  });

/** Waits for what Azure was asked to do. When the hold ends it is waited for no longer, and goes on there: the next act finds it. */
export async function finish(
  act: AzureAct,
  database: Writable,
  doing: string,
  operation: Operation | undefined,
): Promise<void> {
  await operation?.wait({ signal: act.signal, onWait: () => act.progress(undefined, `${doing} ${database.name}`) });
}

/** Where a database lies, and by whom it is reached there. */
export const placeOf = ({ world }: AzureAct, { at }: Writable) =>
  at === 'source'
    ? { manager: world.sourceManager, server: world.sourceServer }
    : { manager: world.targetManager, server: world.targetServer };

/** Under which the request for a database is remembered: it spares a search, and says whose it is where tags were lost. */
const keyOf = (database: Writable): string => `operation-${database.at}-${database.name}`;

interface Request {
  /** The operation that Azure carries it out by; absent where its answer was not heard. */
  readonly operation?: string;
  readonly askedAt: Instant;
}

/** Durable before it is waited for. */
export const noteRequest = ({ remember, clock }: AzureAct, database: Writable, operation = ''): Promise<void> =>
  remember(keyOf(database), `${operation} ${clock.now()}`);

/** The request of this run for a database that is not known to be gone. */
export function requestFor({ remembered }: AzureAct, database: Writable): Request | undefined {
  const [operation = '', askedAt = ''] = (remembered[keyOf(database)] ?? '').split(' ');
  if (operation === '' && askedAt === '') return undefined;
  return { ...(operation === '' ? {} : { operation }), askedAt };
}

/** What comes to have the name of one that is gone was not made by its operation. */
export async function noteGone({ remembered, remember }: AzureAct, database: Writable): Promise<void> {
  const key = keyOf(database);
  if ((remembered[key] ?? '') !== '') await remember(key, '');
}

/** A session in one database, with the one way to change something there. */
export interface Inside extends Changing, AsyncDisposable {}

export async function inside(act: AzureAct, address: ServerAddress, database: string): Promise<Inside> {
  const { clock, signal, say, log } = act;
  const connection = await openDatabase(address, database, { clock, signal, say });
  return {
    connection,
    log,
    async change(statements, { doing }) {
      if (statements.length === 0) return;
      // The first error ends the batch: none of it is done behind one that was refused.
      const text = ['SET XACT_ABORT ON;', ...statements.map((one) => `${one};`)].join('\n');
      const atLast = () => proveFence(act.control, act.guard, signal);
      await connection.send({ text }, { doing, signal, atLast });
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
