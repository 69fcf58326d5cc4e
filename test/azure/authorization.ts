import type { Asked } from './asked.ts';
import type { Azure, AzureServer, Lock } from './model.ts';
import { notFound, Refused, type Reply } from './reply.ts';

/** Locks, and what an identity may do; undefined for every other address. */
export function ofAuthorization(azure: Azure, asked: Asked): Reply | undefined {
  const found = /^(.*)\/providers\/Microsoft\.Authorization\/(locks|permissions)(?:\/([^/]+))?$/i.exec(asked.path);
  if (!found) return undefined;
  const [, scope = '', kind = '', name] = found;
  const server = /\/servers\/([^/]+)/i.exec(scope)?.[1] ?? '';
  if (name !== undefined) return changeLock(azure, asked, { scope, name });
  if (azure.withoutRights.has(`${server}: Microsoft.Authorization/${kind}/read`))
    throw new Refused(403, 'AuthorizationFailed');
  if (kind === 'locks') return { status: 200, body: { value: locksOf(azure, scope) } };
  const actions = ['Microsoft.Sql/*', 'Microsoft.Authorization/*/read'];
  return { status: 200, body: { value: [{ actions, notActions: notActionsOn(azure, server) }] } };
}

function locksOf(azure: Azure, scope: string) {
  const above = (lock: string) => scope.toLowerCase().startsWith(lock.toLowerCase());
  return azure.locks
    .filter((lock) => above(lock.scope))
    .map((lock) => ({
      id: `${lock.scope}/providers/Microsoft.Authorization/locks/${lock.name}`,
      name: lock.name,
      properties: { level: lock.level },
    }));
}

/** Production's identity may rename nothing (the role of the docs); what a test takes away is said here as well. */
const notActionsOn = ({ withoutRights, withExcess }: Azure, server: string): readonly string[] => [
  ...(server === 'azsql-prod' && !withExcess ? ['Microsoft.Sql/servers/databases/move/action'] : []),
  ...[...withoutRights]
    .filter((one) => one.startsWith(`${server}: `))
    .map((one) => one.slice(server.length + 2))
    .map((one) => (one.startsWith('Microsoft.') ? one : `Microsoft.Sql/${one}`)),
];

const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
  POST: 'action',
};

/** Of what lies on a server. */
export function requireRight({ withoutRights }: Azure, { name }: AzureServer, { method }: Asked, rest: string): void {
  const kinds = rest.split('/').filter((_, index) => index % 2 === 1);
  const right = `${name}: ${['servers', ...kinds].join('/')}/${VERBS[method] ?? ''}`;
  if (withoutRights.has(right)) throw new Refused(403, 'AuthorizationFailed');
}

/** D: made, or made anew, and taken away; one that is not there is answered with 204. */
function changeLock({ locks }: Azure, { by, method }: Asked, { scope, name }: Pick<Lock, 'scope' | 'name'>): Reply {
  if (by !== 'administrator') throw new Refused(403, 'AuthorizationFailed');
  const at = locks.findIndex((lock) => lock.scope === scope && lock.name === name);
  if (method !== 'PUT' && method !== 'DELETE') throw notFound('Microsoft.Authorization/locks', name);
  if (at >= 0) locks.splice(at, 1);
  if (method === 'DELETE') return { status: at >= 0 ? 200 : 204 };
  locks.push({ scope, name, level: 'CanNotDelete' });
  return { status: 201, body: { name, properties: { level: 'CanNotDelete' } } };
}
