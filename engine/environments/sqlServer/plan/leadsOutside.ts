import { z } from 'zod';
import type { Sandbox } from '../../../contracts.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isSameName } from '../names.ts';
import * as statements from '../statements/neighbours.ts';

/** An object of a database that leads out of it: in a copy, to wherever it leads in production. */
export interface LeadOutside {
  readonly kind: 'synonym' | 'external data source' | 'database-scoped credential';
  readonly name: string;
  /** Parts of the object's name, or an address without what may be secret in it; absent for a credential. */
  readonly leadsTo?: string;
}

const synonymRow = z.object({ schemaName: z.string(), name: z.string(), leadsTo: z.string() });
const sourceRow = z.object({ name: z.string(), leadsTo: z.string().nullable() });
const credentialRow = z.object({ name: z.string() });

/** Synonyms that stay within the target's own databases are left out; what the server does not show is not there. */
export async function findLeadsOutside(
  connection: Connection,
  database: string,
  target: Sandbox,
): Promise<readonly LeadOutside[]> {
  const doing = `looking for what ${database} leads to`;
  const [synonyms, sources, credentials] = await Promise.all([
    askIfAllowed(connection, statements.readSynonyms(database), synonymRow, doing),
    askIfAllowed(connection, statements.readExternalDataSources(database), sourceRow, doing),
    askIfAllowed(connection, statements.readScopedCredentials(database), credentialRow, doing),
  ]);
  const isOutside = ({ leadsTo }: { readonly leadsTo: string }) => {
    const { server, database: into } = readObjectName(leadsTo);
    const isOwn = Object.values(target.databases).some((own) => into !== undefined && isSameName(own, into));
    return server !== undefined || (into !== undefined && !isOwn);
  };
  return [
    ...(synonyms ?? []).filter(isOutside).map(({ schemaName, name, leadsTo }): LeadOutside => ({
      kind: 'synonym',
      name: `${schemaName}.${name}`,
      leadsTo,
    })),
    ...(sources ?? []).map(({ name, leadsTo }): LeadOutside => ({
      kind: 'external data source',
      name,
      leadsTo: withoutSecrets(leadsTo ?? 'nowhere'),
    })),
    ...(credentials ?? []).map(({ name }): LeadOutside => ({ kind: 'database-scoped credential', name })),
  ];
}

export const describeLead = ({ kind, name, leadsTo }: LeadOutside): string =>
  leadsTo === undefined ? `${kind} ${name}` : `${kind} ${name} → ${leadsTo}`;

/** Server and database of a name such as `[PRODDW].[dw].[dbo].[FX]`; parts may hold dots, and may be left empty. */
export function readObjectName(text: string): { readonly server?: string; readonly database?: string } {
  const parts = [...text.matchAll(/(?:\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.[\]"]*))(?:\.|$)/g)]
    // Behind the last part stands one more match, of nothing.
    .filter(({ index }) => index < text.length)
    .map(
      ([, bracketed, quoted, plain]) =>
        bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
  const [server, database] = [parts.at(-4), parts.at(-3)];
  return { ...(server ? { server } : {}), ...(database ? { database } : {}) };
}

/** A SAS may stand behind the question mark, a login before the host. */
const withoutSecrets = (address: string) => address.replace(/[?#;].*$/s, '').replace(/\/\/[^/@]*@/, '//');
