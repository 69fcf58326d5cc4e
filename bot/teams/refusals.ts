import type { Unreached } from '../../engine/contracts.ts';
import { ChatBusyError, ChatRefusedError } from '../chat/errors.ts';

/** The connector’s codes for a refusal that waiting does not mend (“Proactive messages”, error table of the Teams documentation). */
const REFUSALS: Readonly<Record<string, Unreached>> = {
  ForbiddenOperationException: 'not-installed',
  BotNotInConversationRoster: 'not-in-roster',
  ConversationBlockedByUser: 'blocked',
  BotDisabledByAdmin: 'disabled',
  MessageWritesBlocked: 'writes-blocked',
  InvalidBotApiHost: 'wrong-host',
};

const WORDS: Readonly<Record<Unreached, string>> = {
  'not-installed': 'Rewind is not installed there',
  'not-in-roster': 'Rewind was removed from the team or chat',
  blocked: 'Rewind was blocked by the person',
  disabled: 'Rewind was disabled by an administrator',
  'writes-blocked': 'Rewind was blocked or removed',
  'wrong-host': 'Teams wants it sent to another address of its own',
  gone: 'it no longer exists',
  untrusted: 'its address is not one of Teams',
  refused: 'Rewind was removed or blocked',
  'no-answer': 'there was no answer',
};

export const refused = (why: Unreached, cause?: unknown): ChatRefusedError =>
  new ChatRefusedError(WORDS[why], { why, cause });

/** What a refusal of the connector means for the message. */
export function reasonOf(error: unknown, whenMissing: () => Error): Error {
  if (error instanceof ChatBusyError || error instanceof ChatRefusedError) return error;
  const { statusCode, headers, details } = responseOf(error);
  if (statusCode === 404) return whenMissing();
  if (statusCode === 403) return refused(codeIn(details), error);
  const retryAfter = Number(headers?.get('retry-after') ?? Number.NaN);
  return new ChatBusyError(statusCode === undefined ? 'it cannot be reached' : `status ${statusCode}`, {
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
    isRefusal: statusCode !== undefined && statusCode < 500,
    isOwnFault: statusCode !== undefined && statusCode >= 400 && statusCode < 500 && !PASSING.has(statusCode),
    cause: error,
  });
}

/** The conversation is there, and the person is not in it. */
export function isNoMember(error: unknown): boolean {
  const { statusCode, details } = responseOf(error);
  return statusCode === 404 && /member ?not ?found/i.test(JSON.stringify(details ?? ''));
}

/** Answers below 500 that say something about the moment, or about Rewind's own sign-in, and nothing about the address. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 409, 412, 429]);

/** A subcode stands in the text of the message, so the whole answer is looked through; the narrower word counts. */
function codeIn(details: unknown): Unreached {
  const text = JSON.stringify(details ?? '');
  const found = Object.keys(REFUSALS).findLast((code) => text.includes(code));
  return (found === undefined ? undefined : REFUSALS[found]) ?? 'refused';
}

interface ErrorResponse {
  readonly statusCode?: number;
  readonly headers?: { get(name: string): string | undefined | null };
  readonly details?: unknown;
}

/** The SDK's RestError keeps status and answer on itself and the headers on its response. */
function responseOf(error: unknown): ErrorResponse {
  if (typeof error !== 'object' || error === null) return {};
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const response = 'response' in error && typeof error.response === 'object' ? error.response : undefined;
  const headers = response && 'headers' in response ? (response.headers as ErrorResponse['headers']) : undefined;
  return { statusCode, headers, ...('details' in error ? { details: error.details } : {}) };
}
