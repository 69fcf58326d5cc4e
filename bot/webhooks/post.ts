import { lookup } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { NotAnnounced } from '../../engine/contracts.ts';

export type PostOutcome =
  | { readonly taken: true }
  | {
      readonly taken: false;
      readonly why: NotAnnounced;
      readonly status?: number;
      /** What the receiver asks to be left alone for. */
      readonly waitMs?: number;
    };

const WITHIN_MS = 15_000;

/** Where no receiver of an installation is: what a cloud tells its machines, and what is no machine. */
const nowhere = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['168.63.129.16', 32],
  ['224.0.0.0', 3],
] as const)
  nowhere.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  nowhere.addSubnet(net, prefix, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const isNowhere = (address: string) => nowhere.check(address, familyOf(address));
const isLoopback = (address: string) => loopback.check(address, familyOf(address));

/** https to anywhere but there, or http on this machine; what the file says was judged already, and is judged again with the address that is met. */
function refusesAddress({ protocol }: URL, host: string, address: string): boolean {
  if (isNowhere(address)) return true;
  const isMeant = isLoopback(host === 'localhost' ? '127.0.0.1' : host);
  return isLoopback(address) ? !isMeant : protocol !== 'https:';
}

/** One attempt, bounded, without redirects; of the answer nothing but its status is read. */
export async function postWebhook(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  withinMs = WITHIN_MS,
): Promise<PostOutcome> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && refusesAddress(url, host, host)) return { taken: false, why: 'unsafe' };
  let isUnsafe = false;
  // Judged where it is connected to: a name that means another address a moment later is judged by that.
  const judged: LookupFunction = (name, options, answer) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '');
      const allowed = found.filter(({ address }) => !refusesAddress(url, host, address));
      isUnsafe = allowed.length === 0;
      const [first] = allowed;
      if (!first) return answer(new Error('leads where no receiver is'), '');
      return options.all ? answer(null, allowed) : answer(null, first.address, first.family);
    });
  };
  return new Promise((resolve) => {
    const fail = (why: NotAnnounced) => resolve({ taken: false, why });
    const send = url.protocol === 'https:' ? secure : plain;
    const asked = send(url, {
      ...{ method: 'POST', agent: false, lookup: judged, signal: AbortSignal.timeout(withinMs) },
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    asked.once('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      response.destroy();
      if (status >= 200 && status < 300) return resolve({ taken: true });
      const waitMs = 1000 * Number(/^\d{1,6}$/.exec(answered['retry-after'] ?? '')?.[0] ?? 0);
      return resolve({
        taken: false,
        why: status === 410 ? 'gone' : 'refused',
        status,
        ...(waitMs > 0 ? { waitMs } : {}),
      });
    });
    // Whatever ends it without a word: an answer that asks to speak another protocol is none.
    asked.once('close', () => fail('unreachable'));
    asked.once('error', (error) => {
      if (isUnsafe) return fail('unsafe');
      return fail(error.name === 'AbortError' || error.name === 'TimeoutError' ? 'no-answer' : 'unreachable');
    });
    asked.end(body);
  });
}
