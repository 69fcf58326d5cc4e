import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import { isRefusal, mayPass } from './classify.ts';
import { RetryableError } from '../../../errors.ts';
import { AzureBusyError, AzureOperationEndlessError, AzureOperationFailedError } from './errors.ts';
import { type Answered, codeOf, readBody, type Send } from './request.ts';

/** Something that Azure has taken and carries out on its own. */
export interface Operation {
  /** Last part of its address, and its name in the list of the database's operations; it is no secret, the address is signed. */
  readonly id: string;
  /** Waits for its end. @throws AzureOperationFailedError */
  wait(options: WaitOptions): Promise<void>;
}

export interface WaitOptions {
  readonly signal: AbortSignal;
  /** Before each look. */
  readonly onWait?: () => void;
}

interface OperationParts {
  readonly send: Send;
  readonly clock: Clock;
  readonly doing: string;
  /** Behind which an operation that still goes on is waited for no longer. */
  readonly longestMs: number;
}

/** Of an answer to PUT, PATCH or DELETE; undefined when Azure has done it at once. */
export function operationOf(answer: Answered, parts: OperationParts): Operation | undefined {
  if (answer.status !== 202) return undefined;
  const asynchronous = answer.headers.get('azure-asyncoperation');
  const address = asynchronous ?? answer.headers.get('location');
  if (address === null) return undefined;
  const id = new URL(address, 'https://none').pathname.split('/').at(-1) ?? '';
  return { id, wait: (options) => poll(address, asynchronous !== null, answer.retryAfterMs, parts, options) };
}

const HOUR_MS = 3_600_000;
/** A restore or a copy may take most of a day; a deletion, tags and a retention take seconds. */
export const longestOf = (method: string, below: string): number =>
  method === 'PUT' && below === '' ? 24 * HOUR_MS : HOUR_MS;

const EVERY_MS = 15_000;
const LONGEST_PAUSE_MS = 60_000;
/** A poll of an operation that goes on was reported to answer 404 for a while. */
const ABSENT_FOR_MS = 300_000;
const UNREACHABLE_FOR_MS = 600_000;

const operationBody = z.looseObject({ status: z.string() });

async function poll(
  address: string,
  isAsynchronous: boolean,
  first: number | undefined,
  { send, clock, doing, longestMs }: OperationParts,
  { signal, onWait }: WaitOptions,
): Promise<void> {
  let pauseMs = first ?? EVERY_MS;
  const startedAt = clock.elapsedMs();
  let lastAnswerAt = startedAt;
  for (;;) {
    if (clock.elapsedMs() - startedAt > longestMs) throw new AzureOperationEndlessError(doing, longestMs / HOUR_MS);
    onWait?.();
    await clock.sleep(Math.min(Math.max(pauseMs, 1), LONGEST_PAUSE_MS), signal);
    const silentMs = clock.elapsedMs() - lastAnswerAt;
    const answer = await send({ method: 'GET', address, doing, signal }).catch((error: unknown) => {
      // The operation does not end because a look at it failed.
      if (isRefusal(error, 404) && silentMs < ABSENT_FOR_MS) return undefined;
      if (error instanceof RetryableError && silentMs < UNREACHABLE_FOR_MS) return undefined;
      throw error;
    });
    if (answer === undefined) continue;
    lastAnswerAt = clock.elapsedMs();
    pauseMs = answer.retryAfterMs ?? EVERY_MS;
    if (!isAsynchronous) {
      if (answer.status !== 202) return;
      continue;
    }
    const { status } = readBody(operationBody, answer.body, doing);
    if (status === 'Succeeded') return;
    // A failure is an answer of success, with its reason inside.
    if (/^(failed|cancell?ed)$/i.test(status)) throw failureOf(doing, status, codeOf(answer.body));
  }
}

/** Some of what ends so fares better when it is begun again. */
const failureOf = (doing: string, status: string, code: string): Error =>
  mayPass(code) ? new AzureBusyError({ doing, status: 200, code }) : new AzureOperationFailedError(doing, status, code);
