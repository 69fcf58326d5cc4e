import type { ErrorNumber } from '../sql/errorNumbers.ts';
import type { Login as Principal, Server } from '../state/model.ts';
import type { LoginAnswer, LoginStep } from '../tds/connection.ts';
import type { Login } from '../tds/login7.ts';
import { federationInfo, readFederationToken, sspiToken } from '../tds/loginTokens.ts';
import type { ServerMessage } from '../tds/reply.ts';
import { principalOf } from './entra.ts';
import { beginNtlm } from './ntlm.ts';

type Admit = (principal: Principal) => LoginAnswer;

/** Who knocks: by password, by NTLM, or with a token of Entra. `admit` lets a principal in that has proved to be one. */
export function authenticate(state: Server, request: Login, admit: Admit): LoginStep {
  if (request.fedAuth) return byToken(state, request, admit);
  if (request.sspi.length > 0) return byNtlm(state, request, admit);
  return byPassword(state, request, admit);
}

function byPassword({ logins }: Server, { userName, password }: Login, admit: Admit): LoginAnswer {
  const login = logins.find((one) => one.kind === 'sql' && isNamed(one, userName));
  return login?.password === password ? admitEnabled(login, admit) : { refusal: [refused(userName)] };
}

function byNtlm(state: Server, { sspi }: Login, admit: Admit): LoginStep {
  const exchange = beginNtlm(sspi, { name: state.name, domain: state.domain, accounts: state.windowsAccounts });
  if (!exchange) return { refusal: [untrusted] };
  return {
    challenge: sspiToken(exchange.challenge),
    answer(message) {
      const account = exchange.check(message);
      if (!account) return { refusal: [untrusted] };
      const name = `${account.domain}\\${account.user}`;
      const login = state.logins.find((one) => one.kind === 'windows' && isNamed(one, name));
      return login ? admitEnabled(login, admit) : { refusal: [refused(name)] };
    },
  };
}

const ADAL = 2;

function byToken(state: Server, { fedAuth }: Login, admit: Admit): LoginStep {
  const { entra } = state;
  const nobody = { refusal: [refused('<token-identified principal>')] };
  // The client must repeat what the server's PRELOGIN has said about federated authentication.
  if (!entra || fedAuth?.library !== ADAL || !fedAuth.echo) return nobody;
  return {
    challenge: federationInfo(`https://login.windows.net/${entra.tenantId}`, state.entraAudience),
    answer(message) {
      const objectId = principalOf(readFederationToken(message), entra, state.now());
      const login = state.logins.find((one) => one.kind === 'entra' && one.objectId === objectId);
      return objectId !== undefined && login ? admitEnabled(login, admit) : nobody;
    },
  };
}

const isNamed = ({ name }: Principal, wanted: string) => name.toLowerCase() === wanted.toLowerCase();

function admitEnabled(login: Principal, admit: Admit): LoginAnswer {
  return login.isDisabled ? { refusal: [disabled(login.name)] } : admit(login);
}

const loginMessage = (number: ErrorNumber, message: string): ServerMessage => ({
  number,
  severity: 14,
  state: 1,
  message,
});

export const refused = (name: string) => loginMessage(18_456, `Login failed for user '${name}'.`);
const disabled = (name: string) =>
  loginMessage(18_470, `Login failed for user '${name}'. Reason: The account is disabled.`);
const untrusted = loginMessage(
  18_452,
  'Login failed. The login is from an untrusted domain and cannot be used with Windows authentication.',
);
