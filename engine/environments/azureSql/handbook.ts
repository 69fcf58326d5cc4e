import { DATABASE_ROLES } from '../../contracts.ts';
import type { Handbook } from '../provider.ts';
import { namesOf } from '../sqlServer/names.ts';
import { openToAll } from './statements.ts';
import type { AzureSandbox } from './settings.ts';

/** What a person runs with the Azure CLI when Rewind cannot; each command fails where its database is not, and changes nothing then. */
export function handbook({ databases, settings }: AzureSandbox, runId: string): Handbook {
  const all = DATABASE_ROLES.map((role) => namesOf(databases[role], runId));
  const where = `--subscription ${quote(settings.subscription)} --resource-group ${quote(settings.resourceGroup)} --server ${quote(settings.server)}`;
  const rename = (from: string, to: string) =>
    `az sql db rename ${where} --name ${quote(from)} --new-name ${quote(to)}`;
  return {
    finish: [
      ...all.map(({ target, previous }) => rename(target, previous)),
      ...all.map(({ target, incoming }) => rename(incoming, target)),
      '# Still closed: rewind stop or the Rollback button go on from here; to open it as it is, in master:',
      ...all.map(({ target }) => `# ${openToAll(target)};`),
    ],
    undo: [
      ...all.map(({ target, incoming }) => rename(target, incoming)),
      ...all.map(({ target, previous }) => rename(previous, target)),
      '# In master:',
      ...all.map(({ target }) => `# ${openToAll(target)};`),
    ],
  };
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
