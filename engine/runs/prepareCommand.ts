import type { RunCommandOptions } from '../commands/runCommand.ts';
import { createWithholding } from '../commands/withholdValues.ts';
import type { Command, CommandName, Sandbox } from '../contracts.ts';
import type { Provider, ReadSession, Side, Writer } from '../environments/provider.ts';
import type { EngineParts } from '../parts.ts';
import { offlineBuilder } from '../sql.ts';

interface CommandParts {
  readonly parts: EngineParts;
  readonly provider: Provider;
  readonly target: Sandbox;
  readonly writer: Writer;
  readonly write: (text: string) => void;
  /** What this command alone is told. */
  readonly variables: Readonly<Record<string, string>>;
}

type Prepared = Omit<RunCommandOptions, 'title' | 'signal' | 'onLine'>;

/** What a command is started with, and what of its output may be told: the names of its own line and of the database's objects. */
export async function prepareCommand(
  { parts, provider, target, writer, write, variables }: CommandParts,
  name: CommandName,
  command: Command,
  side: Side,
): Promise<Prepared> {
  const { REWIND_APPLICATION_URL = '', ...harmless } = provider.commandVariables(target, side, writer.runId);
  const isSynchronization = name === 'synchronize';
  // Whatever a service inherits, everybody who may look at its process can read.
  const isHanded = isSynchronization && command.databaseUrl === true;
  if (isSynchronization && command.databaseUrl === undefined)
    write(
      'REWIND_APPLICATION_URL is not handed over: a command that needs it says `databaseUrl: true` in environments.yaml',
    );
  const objects = isSynchronization ? await objectNames(() => writer.read(side, 'application')) : [];
  const own = [
    command.command,
    ...command.args,
    target.name,
    target.title,
    ...Object.values({ ...harmless, ...variables }),
  ];
  return {
    command,
    variables: {
      ...harmless,
      ...(isHanded ? { REWIND_APPLICATION_URL } : {}),
      REWIND_TARGET: target.name,
      REWIND_SIDE: side,
      ...variables,
    },
    baseVariables: parts.commandVariables,
    scrub: parts.scrub,
    withhold: createWithholding([...own, ...own.flatMap((word) => word.split(/[^\p{L}\p{N}_-]+/u)), ...objects]),
  };
}

/** Tables, views, columns, indexes and constraints. What cannot be asked for is not known: its names are withheld. */
async function objectNames(open: () => Promise<ReadSession>): Promise<readonly string[]> {
  const names = new Set<string>();
  try {
    await using session = await open();
    const db = offlineBuilder(session.dialect);
    for (const [table, column] of CATALOGUES[session.dialect]) {
      const query = db.selectFrom(table).select(`${column} as name`).compile();
      for (const { name } of await session.select(query)) if (typeof name === 'string') names.add(name);
    }
  } catch {
    // The command is carried out all the same.
  }
  return [...names];
}

const CATALOGUES = {
  mssql: [
    ['sys.objects', 'name'],
    ['sys.columns', 'name'],
    ['sys.indexes', 'name'],
  ],
  postgres: [
    ['information_schema.columns', 'table_name'],
    ['information_schema.columns', 'column_name'],
    ['pg_catalog.pg_class', 'relname'],
    ['pg_catalog.pg_constraint', 'conname'],
  ],
} as const;
