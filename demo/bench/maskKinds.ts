import { systemClock } from '../../engine/clock.ts';
import { shownKind } from '../../engine/sanitization/masks/kinds.ts';
import { randomKey } from '../../engine/sanitization/masks/maskKey.ts';
import { setUpMasks } from '../../engine/sanitization/masks/setUpMasks.ts';
import type { MaskKind } from '../../engine/sanitization/pack/maskSchema.ts';
import { parsePack, rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import { readFacts } from '../../engine/sanitization/passes/facts/readFacts.ts';
import { nameOf } from '../../engine/sanitization/passes/facts/tableFacts.ts';
import { rewriteTable } from '../../engine/sanitization/passes/rewrite.ts';
import { changeAll } from '../../engine/sanitization/passes/statements.ts';
import { masksIn } from '../../engine/sanitization/rules/masksIn.ts';
import { prepareRules } from '../../engine/sanitization/rules/prepareRules.ts';
import { inSeconds, times, type Figure } from './figure.ts';
import { startScratchCluster, type ScratchCluster } from './scratchCluster.ts';
import { median } from './statistics.ts';

const ROWS = 200_000;
const KINDS: readonly MaskKind[] = [
  ...(['token', 'person', 'company', 'street', 'city', 'phone', 'email', 'iban', 'tax-number'] as const),
];
const place = { schema: 'public', table: 'CUSTTABLE' };
const sandbox = {
  administrator: {
    signIn: 'admin@fabrikam.example',
    objectId: 'c0ffee00-0000-4000-8000-000000000001',
    tenantId: 'c0ffee00-0000-4000-8000-000000000002',
  },
};

/** The same change of every row as the least there is: one UPDATE that clears the column. */
const PLAIN = `UPDATE "CUSTTABLE" SET "NAME" = '', "RECVERSION" = CASE "RECVERSION" WHEN 2147483647 THEN 1 ELSE "RECVERSION" + 1 END`;

/** Each kind of mask over one column of every row, beside a plain update of it: as an UPDATE, and with the table written anew. */
export async function maskKindFigures(say: (line: string) => void): Promise<readonly Figure[]> {
  await using cluster = await startScratchCluster();
  await fill(cluster);
  const plain: number[] = [];
  const measured: { readonly kind: MaskKind; readonly update: number; readonly rewrite: number }[] = [];
  for (const [index, kind] of KINDS.entries()) {
    // Several times in between: what else the machine does changes.
    if (index % 3 === 0) plain.push((await cluster.onCopy((client) => client.query(PLAIN))).seconds);
    const update = await measure(cluster, kind, 'update');
    measured.push({ kind, update, rewrite: await measure(cluster, kind, 'rewrite') });
    say(`mask ${shownKind(kind)} is measured`);
  }
  const least = median(plain);
  return [
    { what: `A plain update of ${ROWS.toLocaleString('en')} rows`, value: inSeconds(least) },
    ...measured.map(({ kind, update, rewrite }) => ({
      what: `The same as mask \`${shownKind(kind)}\``,
      value: `${inSeconds(update)}, ${times(update / least)}; written anew ${inSeconds(rewrite)}, ${times(rewrite / least)}`,
    })),
  ];
}

/** @returns seconds that the one statement takes which a rule sends */
async function measure(cluster: ScratchCluster, kind: MaskKind, how: 'update' | 'rewrite'): Promise<number> {
  const { result } = await cluster.onCopy(async () => {
    await using session = await cluster.session('copy');
    const { rules, catalogue } = await prepareRules(session, rulesOf([packFor(kind)]), sandbox);
    const scope = { dialect: session.dialect, catalogue, ...sandbox };
    await setUpMasks(session, masksIn(rules, scope), randomKey());
    const work = { ...scope, ...place, rules: rules.map(({ rule }) => rule) };
    const about = (await readFacts(session, [place])).get(nameOf(place));
    if (about === undefined) throw new TypeError('The table is gone');
    const statement = how === 'update' ? changeAll(work) : rewriteTable(work, about);
    const from = systemClock.elapsedMs();
    await session.execute(statement);
    return (systemClock.elapsedMs() - from) / 1000;
  });
  return result;
}

function packFor(kind: MaskKind) {
  const rule = { id: 'names', table: 'CUSTTABLE', action: 'mask', columns: { NAME: kind } };
  const element = { id: 'all', title: 'All', source: 'The bench', disposition: 'cleared', reason: 'the bench' };
  const rules = [{ ...rule, offending: [{ column: 'NAME', notMasked: kind }] }];
  return parsePack({ name: 'bench', title: 'Bench', elements: [{ ...element, rules }] }, 'bench');
}

/** Rows of 150 bytes with a primary key alone; one name in ten stands there several times. */
async function fill(cluster: ScratchCluster): Promise<void> {
  await cluster.main.query('CREATE DATABASE origin');
  await using client = await cluster.connect('origin');
  await client.query(
    `CREATE TABLE "CUSTTABLE" ("ACCOUNTNUM" varchar(20) NOT NULL, "NAME" varchar(60) NOT NULL, "NOTE" varchar(60) NOT NULL,
       "RECVERSION" int NOT NULL DEFAULT 1, "PARTITION" bigint NOT NULL DEFAULT 5637144576, "RECID" bigint NOT NULL)`,
  );
  await client.query(
    `INSERT INTO "CUSTTABLE" SELECT 'C-' || n, 'Jordan Okafor ' || n - n % 10, 'Customer number ' || n || ' of the bench', 1, 5637144576, n
       FROM generate_series(1, $1::bigint) AS n`,
    [ROWS],
  );
  await client.query('ALTER TABLE "CUSTTABLE" ADD CONSTRAINT ct PRIMARY KEY ("RECID")');
  await client.query('VACUUM ANALYZE');
}
