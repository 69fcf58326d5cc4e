import type { StandInAzure } from './azure.ts';

/** Anything of production's server but an intermediate of a run. */
const PRODUCTION = /\/servers\/azsql-prod(?!\/databases\/[^/]+__rw_)/i;

interface Recorded extends Pick<StandInAzure, 'requests' | 'production'> {
  /** Logins on production’s server that are the service’s; without them, all are. */
  readonly logins?: readonly string[];
}

/** What the service has sent that changes something. */
export const writesOf = ({ requests }: Pick<StandInAzure, 'requests'>) =>
  requests.filter(({ by, method }) => by !== 'administrator' && method !== 'GET');

/** What of that names production, whether as an address or within a rename; and what in its databases does more than read. */
export function writesToProduction({ requests, production: { sql }, logins }: Recorded): readonly string[] {
  const writes = writesOf({ requests }).filter(({ path, body }) => {
    const moved = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
    return PRODUCTION.test(path) || PRODUCTION.test(moved);
  });
  const statements = sql.statements.filter(
    ({ database, login, text }) =>
      !database.includes('__rw_') &&
      database !== 'master' &&
      (logins?.includes(login) ?? true) &&
      !/^\s*(SELECT|set ansi_nulls)\b/i.test(text),
  );
  return [...writes.map(({ method, path }) => `${method} ${path}`), ...statements.map(({ text }) => text)];
}
