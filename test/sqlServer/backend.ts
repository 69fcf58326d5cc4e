import type { ErrorNumber } from './sql/errorNumbers.ts';
import { authenticate, refused } from './logins/logins.ts';
import { serveSession, type Recorder } from './session.ts';
import type { Login as Principal, Server } from './state/model.ts';
import { findDatabase, newSession, obstacle, openSession } from './state/sessions.ts';
import type { Backend, LoginAnswer, Wire } from './tds/connection.ts';
import type { Login } from './tds/login7.ts';
import type { ServerMessage } from './tds/reply.ts';

/** What stands behind the protocol: the state of one server, and who may work with it. */
export function backendOf(state: Server, recorder: Recorder): Backend {
  return {
    serverName: state.name,
    version: state.version,
    offersFedAuth: state.entra !== undefined,
    login(request, wire) {
      const number = recorder.faults.turnedAway(request.database);
      if (number !== undefined)
        return {
          refusal: [{ number, severity: 14, state: 1, message: `Turned away with ${String(number)} on demand.` }],
        };
      return authenticate(state, request, (principal) => admit(state, recorder, principal, request, wire));
    },
  };
}

function admit(state: Server, recorder: Recorder, login: Principal, request: Login, wire: Wire): LoginAnswer {
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
  if (!database || obstacle(session, database)) return { refusal: [cannotOpen(wanted), refused(login.name)] };
  openSession(session, database);
  return { session: serveSession(state, session, recorder) };
}

function cannotOpen(database: string): ServerMessage {
  return {
    number: 4060 satisfies ErrorNumber,
    severity: 11,
    state: 1,
    message: `Cannot open database "${database}" requested by the login. The login failed.`,
  };
}
