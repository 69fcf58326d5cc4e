import type { TestDatabase } from './testDatabase.ts';

/** Twenty rows of the demo's company, by their keys: a refresh leaves the keys as they are. */
const ROWS: readonly (readonly [title: string, key: string, columns: readonly string[], query: string])[] = [
  [
    'Customers',
    'customer',
    ['name', 'search name', 'VAT number', 'street', 'town'],
    `SELECT c."ACCOUNTNUM", p."NAME", p."NAMEALIAS", c."VATNUM", a."STREET", a."CITY"
       FROM "CUSTTABLE" AS c JOIN "DIRPARTYTABLE" AS p ON p."RECID" = c."PARTY" JOIN "LOGISTICSPOSTALADDRESS" AS a ON a."RECID" = c."PARTY"
      WHERE c."RECID" % 571 = 5 ORDER BY c."ACCOUNTNUM"`,
  ],
  [
    'Users',
    'user',
    ['name', 'signs in as', 'mail goes to', 'enabled'],
    `SELECT u."ID", u."NAME", u."NETWORKALIAS", coalesce(o."EMAIL", ''), u."ENABLE"::text
       FROM "USERINFO" AS u LEFT JOIN "SYSUSERINFO" AS o ON o."ID" = u."ID"
      WHERE u."ID" IN ('Admin', 'Axrunner', 'EMP001', 'EMP002', 'EMP010', 'EMP015', 'EMP060') ORDER BY u."ID"`,
  ],
  [
    'Mail that waits, and sent mail',
    'mail',
    ['to', 'subject'],
    `SELECT 'waiting ' || "EMAILITEMID", "RECIPIENT", "SUBJECT" FROM "SYSOUTGOINGEMAILTABLE" WHERE "EMAILITEMID" IN (50, 100, 150)
     UNION ALL SELECT 'sent ' || "RECID" % 1000, "RECIPIENT", "SUBJECT" FROM "SYSEMAILHISTORY" WHERE "RECID" % 1000 IN (600, 700, 800) ORDER BY 1`,
  ],
];

export type Rows = readonly ReadonlyMap<string, readonly string[]>[];

export async function rowsOf(database: TestDatabase): Promise<Rows> {
  const all: Map<string, readonly string[]>[] = [];
  for (const [, , , query] of ROWS) {
    const rows = await database.client.query<string[]>({ text: query, rowMode: 'array' });
    all.push(new Map(rows.rows.map(([key = '', ...values]) => [key, values])));
  }
  return all;
}

/** As docs/rule-packs.md shows them. */
export function asMarkdown(before: Rows, after: Rows): string {
  return ROWS.map(([title, key, columns], n) => {
    const lines = [...(before[n] ?? [])].map(([id, values]) => {
      const now = after[n]?.get(id);
      const cells = values.map((value, column) =>
        now === undefined ? `${value} → gone` : changed(value, now[column] ?? ''),
      );
      return `| ${[id, ...cells].join(' | ')} |`;
    });
    return [
      `**${title}**`,
      '',
      `| ${[key, ...columns].join(' | ')} |`,
      `|${' --- |'.repeat(columns.length + 1)}`,
      ...lines,
      '',
    ].join('\n');
  }).join('\n');
}

/** Without the values that no two runs share: only what they look like. */
export const withoutMadeUp = (markdown: string): string =>
  markdown
    .replaceAll(/[A-Z][a-z]+ St \d+ ~/g, '(street)')
    .replaceAll(/[A-Z][a-z]+ [A-Z][a-z]+ ~/g, '(person)')
    .replaceAll(/[A-Z][a-z]+ ~/g, '(town)')
    .replaceAll(/XX\d{18}/g, '(tax number)')
    .replaceAll(/u[0-9a-f]{16}@masked\.invalid/g, '(mail address)')
    .replaceAll(/ *\|[-| ]*/g, ' | ');

const changed = (before: string, after: string): string =>
  before === after ? before : `${before} → ${after === '' ? '–' : after}`;
