import type { Response } from 'restify';

/** Of what opens by a link alone: nobody keeps it, nobody is told of the link, and nothing of it is run. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'",
};

/** Nobody reads as fast; somebody who tries links, or whose link has got around, would. */
export const RATE = { capacity: 20, perSecond: 0.5 };
export const ADDRESSES = 10_000;

export function tokenOf(params: unknown): string {
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
