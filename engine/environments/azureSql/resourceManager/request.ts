import { z } from 'zod';
import { bounded } from '../../../bounded.ts';
import type { Clock } from '../../../clock.ts';
import { noConnectionOf } from '../../../databases/noConnection.ts';
import { retry } from '../../../retry.ts';
import type { Cloud } from './cloud.ts';
import { errorOf } from './classify.ts';
import { AzureAddressRefusedError, AzureAnswerUnreadableError, AzureBusyError } from './errors.ts';
import type { Token } from './token.ts';

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** From the root of Resource Manager, with its api-version; or a whole address that an answer gave. */
  readonly address: string;
  readonly body?: unknown;
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/** An answer of success, or one of the statuses that were asked for. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** What the answer said when to come back. */
  readonly retryAfterMs: number | undefined;
  /** Azure's own clock. */
  readonly date: string | undefined;
}

/** `expected`: statuses beside those of success that are an answer and no failure. */
export type Send = (asked: Asked, expected?: readonly number[]) => Promise<Answered>;

export interface RequestParts {
  readonly cloud: Cloud;
  readonly token: Token;
  readonly clock: Clock;
  readonly answerMs?: number;
  /** Of a worker's act; absent: whoever asks has no hold. */
  readonly hold?: RequestHold | undefined;
}

export interface RequestHold {
  /** Ends what is waited for, where a request has no signal of its own. */
  readonly signal: AbortSignal;
  /** Asked in front of each change that is sent again: minutes may have passed. @throws FencedError */
  readonly prove: () => Promise<void>;
}

/** A PUT was recorded with five seconds, a rename with thirteen. */
const ANSWER_WITHIN_MS = 90_000;
const THROTTLED_TRIES = 5;
const LONGEST_PAUSE_MS = 120_000;

/**
 * One request to Resource Manager. Only what was throttled is sent again here: Azure has not begun it. Whatever else may have been
 * taken is looked at by whoever asked.
 * @throws AzureRefusalError and its like; NoConnectionError, NoAnswerError: then it is unknown what became of it
 */
export function createSend({ cloud, token, clock, answerMs = ANSWER_WITHIN_MS, hold }: RequestParts): Send {
  const { host } = new URL(cloud.address);

  async function sendOnce({ method, address, body, doing, signal }: Asked, expected: readonly number[]) {
    const url = new URL(address, cloud.address);
    if (url.origin !== new URL(cloud.address).origin) throw new AzureAddressRefusedError(doing, url.host);
    const authorization = `Bearer ${await token(signal)}`;
    const ask = async (ended: AbortSignal): Promise<Answered> => {
      const response = await fetch(url, {
        method,
        headers: { authorization, accept: 'application/json', ...(body === undefined ? {} : JSON_BODY) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirection would take the token along.
        redirect: 'manual',
        signal: ended,
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: parse(text),
        retryAfterMs: retryAfterOf(response.headers),
        date: dateOf(response.headers),
      };
    };
    let answer: Answered;
    try {
      answer = await bounded(ask, { whom: host, withinMs: answerMs, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw noConnectionOf(error, host) ?? lostOf(error, doing);
    }
    const { status } = answer;
    if ((status >= 200 && status < 300) || expected.includes(status)) return answer;
    throw new Throttled(errorOf({ doing, status, code: codeOf(answer.body) }), status === 429, answer.retryAfterMs);
  }

  return async (given, expected = []) => {
    const asked = { ...given, signal: given.signal ?? hold?.signal };
    let pauseMs = 0;
    let tried = 0;
    const perform = async () => {
      tried += 1;
      if (tried > 1 && asked.method !== 'GET') await hold?.prove();
      return sendOnce(asked, expected);
    };
    try {
      return await retry(perform, {
        ...{ clock, signal: asked.signal, tries: THROTTLED_TRIES, pauseMs: () => pauseMs },
        isWorthIt: (error) => error instanceof Throttled && error.isThrottled,
        onRetry: (error) => {
          const wanted = error instanceof Throttled ? error.retryAfterMs : undefined;
          pauseMs = Math.min(wanted ?? DEFAULT_PAUSE_MS, LONGEST_PAUSE_MS);
        },
      });
    } catch (error) {
      throw error instanceof Throttled ? error.inner : error;
    }
  };
}

const JSON_BODY = { 'content-type': 'application/json' };
const DEFAULT_PAUSE_MS = 15_000;

/** An answer of failure on its way out of the retry. */
class Throttled extends Error {
  readonly inner: Error;
  readonly isThrottled: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(inner: Error, isThrottled: boolean, retryAfterMs: number | undefined) {
    super(inner.message);
    this.inner = inner;
    this.isThrottled = isThrottled;
    this.retryAfterMs = retryAfterMs;
  }
}

function lostOf(error: unknown, doing: string): unknown {
  // fetch knows one word for everything that breaks on the way.
  return error instanceof TypeError ? new AzureBusyError({ doing, status: 0, code: 'ConnectionLost' }) : error;
}

/** An empty body is recorded of renames and cancellations. */
function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const errorBody = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/** Azure's word for what went wrong, never more than a word. */
export function codeOf(body: unknown): string {
  const code = errorBody.safeParse(body).data?.error.code ?? '';
  return /^[A-Za-z0-9]{1,80}$/.test(code) ? code : '';
}

function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function dateOf(headers: Headers): string | undefined {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** @throws AzureAnswerUnreadableError naming the member, never its value */
export function readBody<Body>(schema: z.ZodType<Body>, body: unknown, doing: string): Body {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new AzureAnswerUnreadableError(doing, read.error.issues[0]?.path.map(String).join('.') || 'its body');
}
