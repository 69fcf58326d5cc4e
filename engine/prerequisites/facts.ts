import { FACT_NAMES, type DatabaseRole, type Environment, type FactName, type FactSource } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { offlineBuilder } from '../sql.ts';

/** One fact about an environment and how it is known. */
export interface Fact {
  readonly value: string;
  readonly basis: 'measured' | 'declared';
}

export type Facts = Readonly<Partial<Record<FactName, Fact>>> & { readonly runningJobs?: number };

export type OpenSession = (role: DatabaseRole) => Promise<ReadSession>;

/** Reads what environments.yaml says about an environment: declared values as they stand, measured ones from their cell. */
export async function readFacts(environment: Environment, openSession: OpenSession | undefined): Promise<Facts> {
  await using sessions = new AsyncDisposableStack();
  const open = openSession && openOnce(openSession, sessions);
  const facts: Partial<Record<FactName, Fact>> = {};
  for (const name of FACT_NAMES) {
    const fact = await readFact(environment.facts[name], open);
    if (fact) facts[name] = fact;
  }
  const runningJobs = open && (await countRunningJobs(environment, open));
  return runningJobs === undefined ? facts : { ...facts, runningJobs };
}

/** One connection per database, however many of its cells are read. */
function openOnce(open: OpenSession, sessions: AsyncDisposableStack): OpenSession {
  const opened = new Map<DatabaseRole, Promise<ReadSession>>();
  return (role) => {
    const session = opened.get(role) ?? open(role).then((one) => sessions.use(one));
    opened.set(role, session);
    return session;
  };
}

async function readFact(source: FactSource | undefined, open: OpenSession | undefined): Promise<Fact | undefined> {
  if (source?.kind === 'declared') return { value: source.value, basis: 'declared' };
  if (!source || !open) return undefined;
  const session = await open(source.database);
  const builder = offlineBuilder(session.dialect);
  let query = builder.selectFrom(source.table).select([source.column]);
  if (source.where) query = query.where(source.where.column, '=', source.where.equals);
  const [row] = await session.select(query.compile());
  const value = row?.[source.column];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  return { value: String(value), basis: 'measured' };
}

async function countRunningJobs({ recurringJobs }: Environment, open: OpenSession): Promise<number | undefined> {
  if (!recurringJobs) return undefined;
  const session = await open(recurringJobs.database);
  const builder = offlineBuilder(session.dialect);
  const query = builder
    .selectFrom(recurringJobs.table)
    .select(({ fn }) => fn.countAll().as('running'))
    .where(recurringJobs.column, 'in', recurringJobs.runningValues);
  const [row] = await session.select(query.compile());
  return row === undefined ? undefined : Number(row['running']);
}
