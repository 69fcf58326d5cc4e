import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { DatabaseRole, Sandbox } from '../../contracts.ts';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { readObjectName } from '../../environments/sqlServer/plan/leadsOutside.ts';
import type { RulePack } from '../pack/rulePack.ts';
import { ask } from '../passes/facts/ask.ts';
import type { RuleVerdict } from '../verify.ts';

/** An object of a database through which it reaches another, or what opens one to it. */
interface Outside {
  readonly kind: 'external table' | 'external data source' | 'scoped credential' | 'synonym' | 'foreign server';
  readonly name: string;
  readonly drop: string;
}

type Own = Pick<Sandbox, 'databases'>;

/** The pack whose promise it is that nothing leads out; without it the objects are named for the checklist alone. */
export const closesOutside = (packs: readonly RulePack[]): boolean => packs.some(({ name }) => name === 'quiet');

/** What leads out of this database, in the order in which it can go. Synonyms into the sandbox's own databases are no way out. */
async function findOutside(session: ReadSession, target: Own): Promise<readonly Outside[]> {
  if (session.dialect === 'postgres')
    return (await ask(session, named, FOREIGN_SERVERS)).map(({ name }) => ({
      ...{ kind: 'foreign server', name, drop: `DROP SERVER "${name.replaceAll('"', '""')}" CASCADE` },
    }));
  const [tables, sources, credentials, synonyms] = [
    await ask(session, inSchema, EXTERNAL_TABLES),
    await ask(session, named, SOURCES),
    await ask(session, named, CREDENTIALS),
    await ask(session, synonym, SYNONYMS),
  ];
  const own = new Set(Object.values(target.databases).map((each) => each.toLowerCase()));
  const isOutside = (leadsTo: string) => {
    const { server, database } = readObjectName(leadsTo);
    return server !== undefined || (database !== undefined && !own.has(database.toLowerCase()));
  };
  const placed = ({ in_schema: schema, name }: z.infer<typeof inSchema>) => `${quoteName(schema)}.${quoteName(name)}`;
  return [
    ...tables.map((each): Outside => ({
      ...{ kind: 'external table', name: each.name, drop: `DROP EXTERNAL TABLE ${placed(each)}` },
    })),
    ...sources.map(({ name }): Outside => ({
      ...{ kind: 'external data source', name, drop: `DROP EXTERNAL DATA SOURCE ${quoteName(name)}` },
    })),
    ...credentials.map(({ name }): Outside => ({
      ...{ kind: 'scoped credential', name, drop: `DROP DATABASE SCOPED CREDENTIAL ${quoteName(name)}` },
    })),
    ...synonyms
      .filter(({ leads_to: leadsTo }) => isOutside(leadsTo))
      .map((each): Outside => ({ ...{ kind: 'synonym', name: each.name, drop: `DROP SYNONYM ${placed(each)}` } })),
  ];
}

const named = z.object({ name: z.string() });
const inSchema = named.extend({ in_schema: z.string() });
const synonym = inSchema.extend({ leads_to: z.string() });

const FOREIGN_SERVERS = 'SELECT srvname AS name FROM pg_catalog.pg_foreign_server ORDER BY srvname';
const EXTERNAL_TABLES =
  'SELECT s.name AS in_schema, t.name AS name FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE t.is_external = 1 ORDER BY s.name, t.name';
const SOURCES = 'SELECT e.name AS name FROM sys.external_data_sources AS e ORDER BY e.name';
const CREDENTIALS = 'SELECT c.name AS name FROM sys.database_scoped_credentials AS c ORDER BY c.name';
const SYNONYMS =
  'SELECT h.name AS in_schema, s.name AS name, s.base_object_name AS leads_to FROM sys.synonyms AS s JOIN sys.schemas AS h ON h.schema_id = s.schema_id ORDER BY h.name, s.name';

/** Drops what leads out of one database of the copy; safe to repeat. The log names kind and name, never where it led. */
export async function dropOutside(session: Session, target: Own, log: (text: string) => void): Promise<number> {
  const found = await findOutside(session, target);
  for (const { kind, name, drop } of found) {
    await session.execute(CompiledQuery.raw(drop));
    log(`${kind} ${name} is dropped from the copy: it led out of it`);
  }
  return found.length;
}

/** That nothing is left of it, on a session that dropped nothing. */
export async function proveOutside(session: ReadSession, role: DatabaseRole, target: Own): Promise<RuleVerdict> {
  const offendingRows = (await findOutside(session, target)).length;
  const about = { ruleId: 'quiet-leads-outside', database: role, table: 'objects of the database' };
  return { ...about, passed: offendingRows === 0, offendingRows };
}
