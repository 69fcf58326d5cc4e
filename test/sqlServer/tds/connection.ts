import type { ErrorNumber } from '../sql/errorNumbers.ts';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { readLogin, type Login } from './login7.ts';
import { assembleMessages, packetType, toPackets, type Message } from './packets.ts';
import { federationAcknowledged } from './loginTokens.ts';
import { answerEncryption, encryption, preloginAnswer, readPrelogin } from './prelogin.ts';
import { collationChange, createReply, loginAcknowledgement, packetSizeChange, sessionWasReset } from './reply.ts';
import type { Reply, ReplyKind, ServerMessage } from './reply.ts';
import { readBatch, readCall, readTransactionRequest } from './requests.ts';
import type { ProcedureCall, TransactionRequest } from './requests.ts';
import { openTlsTunnel, type TlsTunnel } from './tlsTunnel.ts';

/** Whatever stands behind the protocol. */
export interface Backend {
  readonly serverName: string;
  readonly version: readonly [number, number, number];
  /** Federated authentication (Entra). */
  readonly offersFedAuth: boolean;
  login(login: Login, wire: Wire): LoginStep;
}

export type LoginAnswer = { readonly session: BackendSession } | { readonly refusal: readonly ServerMessage[] };

/** Some logins take a question back: what is sent, and what the client's answer leads to. */
export type LoginStep = LoginAnswer | { readonly challenge: Buffer; readonly answer: (message: Buffer) => LoginAnswer };

/** What a session may do to its connection. */
export interface Wire {
  readonly isEncrypted: boolean;
  /** Ends the connection; a running request first gets `message`. */
  kill(message: ServerMessage): void;
  /** Ends the connection without a word. */
  cut(): void;
}

export interface BackendSession {
  readonly database: string;
  batch(text: string, reply: Reply, signal: AbortSignal): Promise<void>;
  /** @returns the return status. */
  call(call: ProcedureCall, reply: Reply, signal: AbortSignal): Promise<number>;
  transaction(request: TransactionRequest, reply: Reply, signal: AbortSignal): Promise<void>;
  reset(): void;
  close(): void;
}

/** Serves one client from its first byte to its last. Without `tls` it encrypts nothing by itself: TDS 8.0 comes encrypted. */
export function serveConnection(
  socket: Socket,
  backend: Backend,
  tls: SecureContext | undefined,
  isStrict = false,
): void {
  let tunnel: TlsTunnel | undefined;
  let session: BackendSession | undefined;
  let packetSize = 4096;
  let running: { readonly reply: Reply; readonly abort: AbortController } | undefined;
  let wasKilled = false;
  const queue: Message[] = [];

  const send = (bytes: Buffer) => {
    const out = tunnel?.stream ?? socket;
    if (!out.destroyed && out.writable) out.write(bytes);
  };
  const newReply = (kind: ReplyKind) => createReply(kind, backend.serverName, () => packetSize, send);

  const wire = {
    get isEncrypted() {
      return isStrict || tunnel !== undefined;
    },
    kill(message: ServerMessage) {
      if (wasKilled) return;
      wasKilled = true;
      if (running) {
        running.reply.message(message);
        running.reply.done({ isError: true });
        running.reply.end();
        running.abort.abort();
      }
      close();
      (tunnel?.stream ?? socket).end();
      setImmediate(() => socket.destroySoon());
    },
    cut() {
      wasKilled = true;
      running?.abort.abort();
      close();
      socket.destroy();
    },
  };

  const onMessage = (message: Message) => {
    if (message.type === packetType.prelogin) {
      if (tunnel) tunnel.feed(message.data);
      else prelogin(message.data);
    } else if (message.type === packetType.attention) {
      // An attention that comes after the end of its request still gets its answer.
      if (running) running.abort.abort();
      else newReply('batch').end({ wasCancelled: true });
    } else {
      queue.push(message);
      if (!running) void work();
    }
  };

  const prelogin = (data: Buffer) => {
    const asked = readPrelogin(data);
    const answer = answerEncryption(asked.encryption, tls !== undefined);
    const bytes = preloginAnswer(backend.version, answer, asked.knowsFedAuth && backend.offersFedAuth);
    socket.write(toPackets(packetType.reply, bytes, packetSize, true));
    if (!tls || answer === encryption.notSupported) return;
    tunnel = openTlsTunnel(socket, tls);
    tunnel.stream.on('data', guarded(assembleMessages(onMessage)));
  };

  let login: { readonly request: Login; readonly answer: (message: Buffer) => LoginAnswer } | undefined;

  const step = (request: Login, next: LoginStep) => {
    if ('challenge' in next) {
      login = { request, answer: next.answer };
      send(toPackets(packetType.reply, next.challenge, packetSize, true));
    } else finish(request, next);
  };

  const finish = (request: Login, answer: LoginAnswer) => {
    login = undefined;
    const reply = newReply('login');
    if ('refusal' in answer) {
      for (const message of answer.refusal) reply.message(message);
      reply.done({ isError: true });
      reply.end();
      (tunnel?.stream ?? socket).end();
      return;
    }
    session = answer.session;
    reply.changeDatabase(session.database, 'master');
    reply.message({
      number: 5701 satisfies ErrorNumber,
      severity: 0,
      state: 2,
      message: `Changed database context to '${session.database}'.`,
    });
    reply.raw(collationChange());
    reply.raw(loginAcknowledgement(request.tdsVersion, backend.version));
    const size = Math.min(Math.max(request.packetSize || 4096, 512), 32_767);
    reply.raw(packetSizeChange(size, 4096));
    if (request.fedAuth) reply.raw(federationAcknowledged());
    reply.done();
    reply.end();
    packetSize = size;
  };

  const work = async () => {
    for (let message = queue.shift(); message; message = queue.shift()) {
      if (message.type === packetType.login7 && !session) {
        const request = readLogin(message.data);
        step(request, backend.login(request, wire));
        continue;
      }
      if (login && (message.type === packetType.sspi || message.type === packetType.fedAuth)) {
        finish(login.request, login.answer(message.data));
        continue;
      }
      // A client whose session ended, or one that never logged in, gets no answer: the line is dead.
      if (!session) {
        socket.destroy();
        return;
      }
      const reply = newReply(kindOf(message.type));
      const abort = new AbortController();
      running = { reply, abort };
      if (message.isReset) {
        session.reset();
        reply.raw(sessionWasReset());
      }
      const returnStatus = await answer(session, message, reply, abort.signal).catch((error: unknown) => {
        if (!abort.signal.aborted) report(reply, error);
        return 0;
      });
      running = undefined;
      if (wasKilled) return;
      reply.end({ returnStatus });
      // The answer to an attention is a message of its own, behind whatever was already said.
      if (abort.signal.aborted) newReply('batch').end({ wasCancelled: true });
    }
  };

  const close = () => {
    session?.close();
    session = undefined;
  };

  const guarded = (feed: (bytes: Buffer) => void) => (bytes: Buffer) => {
    try {
      feed(bytes);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined);
    }
  };
  const feedPlain = assembleMessages(onMessage);
  socket.setNoDelay(true);
  socket.on(
    'data',
    guarded((bytes) => (tunnel?.isSecure() ? tunnel.feed(bytes) : feedPlain(bytes))),
  );
  socket.on('error', () => {});
  socket.on('close', () => {
    wasKilled = true;
    running?.abort.abort();
    close();
  });
}

function kindOf(type: number): ReplyKind {
  if (type === packetType.rpc) return 'rpc';
  return type === packetType.transaction ? 'transaction' : 'batch';
}

async function answer(session: BackendSession, message: Message, reply: Reply, signal: AbortSignal): Promise<number> {
  switch (message.type) {
    case packetType.batch:
      await session.batch(readBatch(message.data), reply, signal);
      return 0;
    case packetType.rpc:
      return session.call(readCall(message.data), reply, signal);
    case packetType.transaction:
      await session.transaction(readTransactionRequest(message.data), reply, signal);
      return 0;
    default:
      throw new RangeError(`TDS message 0x${message.type.toString(16)} is not emulated`);
  }
}

/** Whatever goes wrong in the double itself must be seen by the test, and never look like an answer of SQL Server. */
function report(reply: Reply, error: unknown): void {
  const message = `The stand-in failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  reply.message({ number: 50_000, severity: 16, state: 1, message: message.slice(0, 2000) });
  reply.done({ isError: true });
}
