import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { QuietLog } from './quietLog.ts';

export interface ConnectionLimits {
  readonly connectionsPerAddress: number;
  readonly connections: number;
}

/**
 * Whoever comes is let in, and the connection that has kept the door waiting longest goes: header or body that do not
 * arrive, or no request at all. A slow sender thereby takes the place of other slow senders alone, whatever their number,
 * and it does not matter that all of Teams comes through one proxy. A request that is being answered is never cut off.
 */
export function limitConnections(server: Server, limits: ConnectionLimits, warn: QuietLog): void {
  const addresses = new Map<Socket, string>();
  const perAddress = new Map<string, number>();
  /** In the order in which the waiting began. */
  const waiting = new Set<Socket>();

  const waitAnew = (socket: Socket) => {
    waiting.delete(socket);
    if (addresses.has(socket)) waiting.add(socket);
  };
  const remove = (socket: Socket) => {
    const address = addresses.get(socket);
    if (address === undefined) return;
    addresses.delete(socket);
    waiting.delete(socket);
    const left = (perAddress.get(address) ?? 1) - 1;
    if (left > 0) perAddress.set(address, left);
    else perAddress.delete(address);
  };
  const makeRoom = (isFull: boolean, longest: Socket | undefined, limit: string): boolean => {
    if (!isFull) return true;
    warn('connections dropped', { limit });
    if (!longest) return false;
    remove(longest);
    longest.destroy();
    return true;
  };

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const isOften = (perAddress.get(address) ?? 0) >= limits.connectionsPerAddress;
    const hasRoom =
      makeRoom(isOften, isOften ? first(waiting, (one) => addresses.get(one) === address) : undefined, 'per address') &&
      makeRoom(addresses.size >= limits.connections, first(waiting), 'in all');
    if (!hasRoom) return void socket.destroy();
    addresses.set(socket, address);
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    waiting.add(socket);
    socket.once('close', () => remove(socket));
  });

  const asked = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (hasBody(request)) {
      waitAnew(socket);
      request.once('end', () => {
        if (!response.writableEnded) waiting.delete(socket);
      });
    } else waiting.delete(socket);
    response.once('close', () => waitAnew(socket));
  };
  // Before anything else hears of the request and may answer it.
  server.prependListener('request', asked);
  server.prependListener('checkContinue', asked);
}

function first(sockets: Iterable<Socket>, is: (socket: Socket) => boolean = () => true): Socket | undefined {
  for (const socket of sockets) if (is(socket)) return socket;
  return undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
