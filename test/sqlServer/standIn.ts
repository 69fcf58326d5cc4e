import { rmSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import type { Certificate } from './tds/certificate.ts';
import { administer, type Administer } from './administer.ts';
import { createFaults, type Fault, type FaultWish, type LoginFault } from './faults.ts';
import { backendOf } from './backend.ts';
import type { RecordedStatement, Recorder } from './session.ts';
import type { Server } from './state/model.ts';
import { createServer, type NewServer } from './state/server.ts';
import { createCertificate } from './tds/certificate.ts';
import { createGate } from './tds/gate.ts';

export interface StandInWish extends NewServer {
  readonly port?: number;
  /** Off only for clients that cannot encrypt. */
  readonly tls?: boolean;
  /** Otherwise one for this machine that is signed by itself. */
  readonly certificate?: Certificate;
}

/** A running stand-in: a TEST DOUBLE of SQL Server behind a real TDS 7.4 socket. */
export interface StandIn extends AsyncDisposable {
  readonly port: number;
  /** The certificate that it started with, for clients that check it. */
  readonly certificate: string;
  /** Shows another one to connections from now on. */
  renewCertificate(certificate: Certificate): void;
  /** What it knows; tests may look and change. */
  readonly state: Server;
  /** Every statement of every session, oldest first. */
  readonly statements: readonly RecordedStatement[];
  /** `mssql://login:password@…` */
  url(login: string, database?: string): string;
  /** The same, member by member. */
  settings(login: string, database?: string): StandInSettings;
  fault(wish: FaultWish): Fault;
  turnAway(wish: LoginFault): void;
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
export async function startStandIn({
  port = 0,
  tls = true,
  certificate = createCertificate(new Date(Date.now())),
  ...wanted
}: StandInWish = {}): Promise<StandIn> {
  const state = createServer(wanted);
  const recorder: Recorder = { statements: [], faults: createFaults() };
  const backend = backendOf(state, recorder);
  const gate = createGate(backend, tls ? certificate : undefined);
  const sockets = new Set<Socket>();
  const listener = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    gate.admit(socket);
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
    // Windows keeps a file that a session has open until that session is gone.
    rmSync(state.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return {
    port: address.port,
    certificate: certificate.cert,
    renewCertificate: (renewed) => gate.show(renewed),
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
    turnAway: (wish) => recorder.faults.addLogin(wish),
    administer: administer(state),
    close,
    [Symbol.asyncDispose]: close,
  };
}
