import type { TestDatabase } from './testDatabase.ts';

/** What an attacker looks for: values by their kind, in small letters, and what other kinds look like. */
export interface Prey {
  readonly values: ReadonlyMap<string, string>;
  readonly patterns: readonly (readonly [kind: string, pattern: RegExp])[];
}

const VALUES: Readonly<Record<string, string>> = {
  names: `SELECT "NAME" FROM "DIRPARTYTABLE" UNION SELECT "NAMEALIAS" FROM "DIRPARTYTABLE" UNION SELECT "NAME" FROM "DIRORGANIZATIONNAME"
          UNION SELECT "NAME" FROM "USERINFO" WHERE "ID" LIKE 'EMP%' UNION SELECT "SPOUSE" FROM "CONTACTPERSON" UNION SELECT "LASTNAME" FROM "DIRPERSONNAME"`,
  streets: `SELECT "STREET" FROM "LOGISTICSPOSTALADDRESS" UNION SELECT "ADDRESS" FROM "LOGISTICSPOSTALADDRESS"`,
  'tax numbers': `SELECT "VATNUM" FROM "CUSTTABLE" UNION SELECT "VATNUM" FROM "VENDTABLE"`,
  'loyalty cards': `SELECT "CARDNUMBER" FROM "RETAILLOYALTYCARD"`,
  'bank accounts': `SELECT "IBAN" FROM "BANKACCOUNTTABLE" UNION SELECT "BANKIBAN" FROM "CUSTBANKACCOUNT" UNION SELECT "ACCOUNTNUM" FROM "BANKACCOUNTTABLE"`,
  'sign-in names': `SELECT "NETWORKALIAS" FROM "USERINFO" WHERE "ID" = 'Admin' OR "ID" LIKE 'EMP%'`,
};

const PATTERNS: Readonly<Record<string, RegExp>> = {
  'mail addresses': /@customers\.prod\.|canary\.[a-z0-9.]*@|orders@prod/i,
  'phone numbers': /\+44 20 7946/,
  'addresses of production': /prod\.fabrikam\.example/i,
  'secrets and files': /canary/i,
};

const ANY = new RegExp(
  Object.values(PATTERNS)
    .map(({ source }) => source)
    .join('|'),
  'i',
);

export async function preyOf(production: TestDatabase): Promise<Prey> {
  const values = new Map<string, string>();
  for (const [kind, query] of Object.entries(VALUES)) {
    for (const { value } of await production.rows(`SELECT * FROM (${query}) AS found (value) WHERE value <> ''`))
      values.set(String(value).toLowerCase(), kind);
  }
  return { values, patterns: Object.entries(PATTERNS) };
}

/** Every table of every schema, every value of every row that is text or bytes: how many of each kind stand where. */
export async function attack(database: TestDatabase, prey: Prey): Promise<Readonly<Record<string, number>>> {
  const tables = await database.rows(
    `SELECT table_schema || '.' || table_name AS name, format('%I.%I', table_schema, table_name) AS "from",
            string_agg(format('%I', column_name), ', ') AS columns
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
        AND data_type IN ('character varying', 'character', 'text', 'bytea', 'xml', 'json', 'jsonb')
      GROUP BY 1, 2`,
  );
  const found: Record<string, number> = {};
  for (const { name, from, columns } of tables) {
    for (const row of await database.rows(`SELECT ${String(columns)} FROM ${String(from)}`)) {
      for (const [column, value] of Object.entries(row)) {
        const text = textOf(value);
        if (text === '') continue;
        const kinds = ANY.test(text)
          ? prey.patterns.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind)
          : [];
        for (const kind of [...kinds, prey.values.get(text.toLowerCase()) ?? []].flat()) {
          const where = `${kind}: ${String(name)}.${column}`;
          found[where] = (found[where] ?? 0) + 1;
        }
      }
    }
  }
  return found;
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'string' ? value : '';
}

/** Of all places together. */
export function countOf(found: Readonly<Record<string, number>>, ...places: readonly string[]): number {
  const counts = Object.entries(found).filter(([where]) => places.some((place) => where.startsWith(place)));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
