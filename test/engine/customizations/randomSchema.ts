import type { Random } from '../simulation/random.ts';

/** One schema `s` of a company, as its two databases have it. */
export interface RandomSchema {
  /** Tables and their common constraints, without rows. */
  readonly sandbox: readonly string[];
  readonly copy: readonly string[];
  /** What a synchronization adds to the copy before its constraints. */
  readonly addedColumns: readonly string[];
  /** Of the sandbox alone: name → statement. */
  readonly own: ReadonlyMap<string, string>;
}

/** What PostgreSQL and SQL Server write differently, and what the stand-in of the latter can keep. */
export interface Words {
  readonly schema: string;
  readonly columns: readonly (readonly [type: string, values: readonly string[]])[];
  quote(name: string): string;
  uniqueIndexes(
    random: Random,
    columns: RandomTable['columns'],
  ): { readonly keys: readonly string[]; readonly after: string };
  constraint(random: Random, tables: readonly RandomTable[]): ((name: string) => string) | undefined;
}

export interface RandomTable {
  readonly at: string;
  /** As they are quoted, without the primary key. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isNullable: boolean }[];
}

const NAMES = ['ACCOUNT', 'DATAAREAID', 'note', 'Mixed Case', 'date', 'KEY_'];

export function randomSchema(random: Random, words: Words): RandomSchema {
  const { quote, schema } = words;
  const tables = Array.from({ length: 1 + random.below(3) }, (_, n): RandomTable => {
    const names = NAMES.filter(() => random.chance(0.6));
    const chosen = names.length === 0 ? ['ACCOUNT'] : names;
    return {
      at: `${quote(schema)}.${quote(`T${String(n)}`)}`,
      columns: chosen.map((name) => ({
        ...{ name: quote(name), type: random.pick(words.columns)[0], isNullable: random.chance(0.5) },
      })),
    };
  });
  const declare = ({ name, type, isNullable }: RandomTable['columns'][number]) =>
    `${name} ${type}${isNullable ? '' : ` NOT NULL DEFAULT ${valuesOf(type)[0] ?? ''}`}`;
  const valuesOf = (type: string) => words.columns.find(([known]) => known === type)?.[1] ?? [];
  const create = ({ at, columns }: RandomTable, without?: string) => {
    const kept = columns.filter(({ name }) => name !== without).map(declare);
    return `CREATE TABLE ${at} (${[`${quote('RECID')} bigint NOT NULL PRIMARY KEY`, ...kept].join(', ')})`;
  };
  // One column may be the customization's own.
  const [first] = tables;
  const added =
    first !== undefined && first.columns.length > 1 && random.chance(0.3) ? first.columns.at(-1) : undefined;
  const rows = tables.flatMap(({ at, columns }) => {
    const kept = columns.filter((column) => column !== added);
    const names = [quote('RECID'), ...kept.map(({ name }) => name)].join(', ');
    return Array.from({ length: random.below(9) }, (_, n) => {
      const values = kept.map(({ type, isNullable }) =>
        isNullable && random.chance(0.3) ? 'NULL' : random.pick(valuesOf(type)),
      );
      return `INSERT INTO ${at} (${names}) VALUES (${[String(n + 1), ...values].join(', ')})`;
    });
  });
  const own = new Map<string, string>();
  for (let n = 0; n < 1 + random.below(6); n++) {
    const name = `own_${String(n)}`;
    const other = random.chance(0.35) ? words.constraint(random, tables)?.(name) : undefined;
    own.set(name, other ?? uniqueIndex(random, words, tables, name));
  }
  return {
    sandbox: tables.map((table) => create(table)),
    copy: [...tables.map((table) => create(table, table === first ? added?.name : undefined)), ...rows],
    addedColumns: added && first ? [`ALTER TABLE ${first.at} ADD ${declare(added)}`] : [],
    own,
  };
}

function uniqueIndex(random: Random, words: Words, tables: readonly RandomTable[], name: string): string {
  const { at, columns } = random.pick(tables);
  const chosen = columns.filter(() => random.chance(0.5));
  const { keys, after } = words.uniqueIndexes(random, chosen.length === 0 ? [random.pick(columns)] : chosen);
  return `CREATE UNIQUE INDEX ${words.quote(name)} ON ${at} (${keys.join(', ')})${after}`;
}
