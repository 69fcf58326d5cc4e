import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';

/** Where the proxy stands that speaks TLS: on this machine, or in this network. */
const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whom a request comes from: the sender of the connection, or, when that is a proxy nearby, the address that it has put
 * last into `X-Forwarded-For`. Good for counting; whoever sits nearby can name any address.
 */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.join() : forwarded)?.split(',').at(-1)?.trim();
  const isProxy = peer !== '' && near.check(peer, peer.includes(':') ? 'ipv6' : 'ipv4');
  return isProxy && last ? last.slice(0, 64) : peer;
}
