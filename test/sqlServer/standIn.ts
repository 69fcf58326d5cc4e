import { rmSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { administer, type Administer } from './administer.ts';
import { createFaults, type Fault, type FaultWish } from './faults.ts';
import { serveSession, type RecordedStatement, type Recorder } from './session.ts';
import type { Server } from './state/model.ts';
import { createServer, type NewServer } from './state/server.ts';
import { findDatabase, newSession, obstacle, openSession } from './state/sessions.ts';
import { createCertificate } from './tds/certificate.ts';
import { serveConnection, type Backend } from './tds/connection.ts';
import type { Login } from './tds/login7.ts';
import type { ServerMessage } from './tds/reply.ts';

export interface StandInWish extends NewServer {
  readonly port?: number;
  /** Off only for clients that cannot encrypt. */
  readonly tls?: boolean;
}

/** A running stand-in: a TEST DOUBLE of SQL Server behind a real TDS 7.4 socket. */
export interface StandIn extends AsyncDisposable {
  readonly port: number;
  /** The certificate that it shows, for clients that check it. */
  readonly certificate: string;
  /** What it knows; tests may look and change. */
  readonly state: Server;
  /** Every statement of every session, oldest first. */
  readonly statements: readonly RecordedStatement[];
  /** Connection address for mssql. */
  url(login: string, database?: string): string;
  /** Connection settings for mssql. */
  settings(login: string, database?: string): StandInSettings;
  fault(wish: FaultWish): Fault;
  /** Runs T-SQL as `sa` without a connection, unrecorded and untouched by faults: to set a scene quickly. @throws SqlError */
  readonly administer: Administer;
  close(): Promise<void>;
}

export interface StandInSettings {
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly options: { readonly encrypt: boolean; readonly trustServerCertificate: boolean };
}

/** Starts a stand-in on 127.0.0.1. */
export async function startStandIn({ port = 0, tls = true, ...wanted }: StandInWish = {}): Promise<StandIn> {
  const state = createServer(wanted);
  const recorder: Recorder = { statements: [], faults: createFaults() };
  const certificate = createCertificate(new Date(Date.now()));
  // TDS 7 carries the handshake in packets of its own, which only works up to TLS 1.2; a resumed session would turn its flights round.
  const secureContext = tls
    ? createSecureContext({ ...certificate, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', secureOptions: noTickets })
    : undefined;
  const backend = backendOf(state, recorder);
  const sockets = new Set<Socket>();
  const listener = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, backend, secureContext);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has such an address.
  const address = listener.address() as AddressInfo;
  const settings = (login: string, database = 'master'): StandInSettings => ({
    server: '127.0.0.1',
    port: address.port,
    user: login,
    password: state.logins.find(({ name }) => name === login)?.password ?? '',
    database,
    options: { encrypt: tls, trustServerCertificate: true },
  });
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => listener.close(resolve));
    rmSync(state.folder, { recursive: true, force: true });
  };
  return {
    port: address.port,
    certificate: certificate.cert,
    state,
    statements: recorder.statements,
    url(login, database = '') {
      const { user, password } = settings(login);
      const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
      const query = tls ? 'trustServerCertificate=true' : 'encrypt=false';
      return `mssql://${who}@127.0.0.1:${address.port}/${encodeURIComponent(database)}?${query}`;
    },
    settings,
    fault: (wish) => recorder.faults.add(wish),
    administer: administer(state),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** SSL_OP_NO_TICKET. */
const noTickets = 0x4000;

function backendOf(state: Server, recorder: Recorder): Backend {
  return {
    serverName: state.name,
    version: state.version,
    login(request, wire) {
      const login = state.logins.find(({ name }) => name.toLowerCase() === request.userName.toLowerCase());
      if (request.isIntegrated || !login || login.isDisabled || login.password !== request.password)
        return { refusal: [refused(request)] };
      const master = findDatabase(state, 'master');
      const wanted = request.database || login.defaultDatabase;
      const database = findDatabase(state, wanted);
      if (!master) throw new RangeError('A server always has its master database');
      const session = newSession(state, login, master, {
        hostName: request.hostName,
        programName: request.applicationName,
        processId: request.processId,
        isEncrypted: wire.isEncrypted,
        initialDatabase: database?.name ?? wanted,
        kill: wire.kill,
        cut: wire.cut,
      });
      if (!database || obstacle(session, database)) return { refusal: [cannotOpen(wanted), refused(request)] };
      openSession(session, database);
      return { session: serveSession(state, session, recorder) };
    },
  };
}

function refused({ userName }: Login): ServerMessage {
  return { number: 18_456, severity: 14, state: 1, message: `Login failed for user '${userName}'.` };
}

function cannotOpen(database: string): ServerMessage {
  return {
    number: 4060,
    severity: 11,
    state: 1,
    message: `Cannot open database "${database}" requested by the login. The login failed.`,
  };
}
