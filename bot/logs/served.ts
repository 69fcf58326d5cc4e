import type { Request, Response } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { addressOf } from '../http/addressOf.ts';
import { createKept } from '../http/kept.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';
import type { SignedLinks } from './logLinks.ts';

/** Of what opens by a link alone: nobody keeps it, nobody is told of the link, and nothing of it is run. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'",
};

/** Nobody reads as fast; somebody who tries links, or whose link has got around, would. */
const RATE = { capacity: 20, perSecond: 0.5 };
const ADDRESSES = 10_000;

function tokenOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('token' in params)) return '';
  return typeof params.token === 'string' && params.token.length <= 512 ? params.token : '';
}

export function sendText(
  response: Response,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.sendRaw(status, text, { 'Content-Type': 'text/plain; charset=utf-8', ...HEADERS, ...headers });
}

/** What opens by a signed link, in the words of its refusals. */
export interface Served {
  readonly links: Pick<SignedLinks, 'read'>;
  readonly journal: Pick<Journal, 'run'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** As in “Too many logs at once”. */
  readonly many: string;
  /** How to come by a new link. */
  readonly askAgain: string;
  /** Where there is nothing of the kind. */
  readonly gone: string;
}

/** Finds the run of a link: at the pace of a reader, for a token that Rewind has made, of a run that is there. */
export function serving({ links, journal, clock, many, askAgain, gone }: Served) {
  const openingsOf = createKept(() => createTokenBucket(clock, RATE), ADDRESSES);
  /** `send` says whether there was something to send. */
  return (send: (response: Response, run: Run, token: string) => Promise<boolean>) =>
    async (request: Request, response: Response): Promise<void> => {
      if (!openingsOf(addressOf(request)).take())
        return sendText(
          response,
          429,
          `Too many ${many} at once from your address. Open the link again in a minute.\n`,
          {
            'Retry-After': '60',
          },
        );
      const token = tokenOf(request.params as unknown);
      const runId = links.read(token);
      if (runId === undefined)
        return sendText(response, 403, `This link has expired or was not made by Rewind. ${askAgain}\n`);
      const run = await journal.run(runId);
      if (!run || !(await send(response, run, token))) return sendText(response, 404, `${gone}\n`);
    };
}
