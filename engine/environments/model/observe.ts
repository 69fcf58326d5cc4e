import { DATABASE_ROLES, type Sandbox } from '../../contracts.ts';
import type { Artefact, Observation } from '../observation.ts';
import type { ModelDatabase } from './server.ts';
import type { ModelState } from './state.ts';

export const incoming = (name: string, runId: string) => `${name}__incoming_${runId}`;
export const previous = (name: string, runId: string) => `${name}__previous_${runId}`;

/** From names, states and marks alone, as on a server that knows nothing of us. */
export function observe(state: ModelState, { name, databases }: Sandbox, runId: string): Observation {
  const server = state.serverOf(name);
  const standing = DATABASE_ROLES.map((role) => server.get(databases[role]));
  const kinds = new Set(standing.map((one) => (one === undefined ? 'none' : one.runId === runId ? 'new' : 'old')));
  const [kind = 'none'] = kinds;
  return {
    target: kinds.size === 1 ? kind : 'split',
    isOpen: standing.every((one) => one?.isOpen),
    artefacts: [...server].map(([artefact, database]) => ({
      role: artefact.includes('__incoming_') ? 'incoming' : artefact.includes('__previous_') ? 'previous' : 'target',
      name: artefact,
      runId: database.runId,
      state: stateOf(artefact, database),
    })),
  };
}

function stateOf(name: string, { isRestoring, isOpen }: ModelDatabase): Artefact['state'] {
  if (isRestoring) return 'restoring';
  return isOpen && !name.includes('__') ? 'open' : 'closed';
}
