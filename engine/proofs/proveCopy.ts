import type { ProofResult, Sandbox } from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import type { StepContext } from '../runs/step.ts';
import { rulesOf } from '../sanitization/pack/rulePack.ts';
import { isKept } from '../sanitization/target/plannedRows.ts';
import type { RuleVerdict } from '../sanitization/verify.ts';
import { readSought, type CopySessions } from './collect/sideTable.ts';
import { SearchImpossibleError, shownFinding } from './errors.ts';
import { proveCoverage } from './coverage.ts';
import { scopeOf } from './kinds.ts';
import { searchCopy, type SearchContext } from './search.ts';

export interface ProvingContext extends Pick<
  StepContext,
  'baseline' | 'packs' | 'target' | 'now' | 'signal' | 'progress' | 'log'
> {
  /** Not the sessions that sanitized. */
  readonly copy: CopySessions<ReadSession>;
}

/**
 * Searches the copy for what its rules protect.
 * @param only tables alone that were written since it was searched as a whole
 * @returns nothing where the hashes are gone: an earlier attempt to switch has destroyed them
 */
export async function searchFor(
  context: ProvingContext,
  only?: SearchContext['only'],
): Promise<readonly ProofResult[] | undefined> {
  const { copy, packs, target, now, signal, progress, log } = context;
  const sought = await readSought(copy);
  if (sought === undefined) return undefined;
  const results = await searchCopy({
    ...{ copy, sought, now, signal, progress, log, names: target.databases, scope: scopeOf(rulesOf(packs)) },
    ...(only === undefined ? {} : { only }),
  });
  for (const { findings } of results) for (const each of findings) log(`FOUND: ${shownFinding(each)}`);
  const [result] = results;
  if (result !== undefined) log(summaryOf(result));
  return results;
}

function summaryOf({ searched, sampled, seconds }: ProofResult): string {
  const { tables, columns, bytes, values } = searched;
  const part = sampled ? ', sampled: not every row was read' : '';
  return `searched ${columns.toLocaleString('en')} columns of ${tables.toLocaleString('en')} tables (${(bytes / 1e6).toFixed(0)} MB) for ${values.toLocaleString('en')} values in ${seconds.toFixed(0)} s${part}`;
}

/** Who has decided about each column of the copy. */
export async function coverColumns(context: ProvingContext): Promise<ProofResult> {
  const { copy, packs, target, now, signal, progress, log } = context;
  const result = await proveCoverage({ copy, packs, target, now, signal, progress, baseline: context.baseline() });
  for (const each of result.findings) log(`FOUND: ${shownFinding(each)}`);
  for (const { schema, table, column, looksLike } of result.coverage?.suspicious ?? [])
    log(`nobody has decided: ${schema}.${table}.${column} looks like ${looksLike.join(', ')}`);
  const { columns } = result.searched;
  log(`looked at ${columns.toLocaleString('en')} columns in ${result.seconds.toFixed(0)} s`);
  return result;
}

/** @throws SearchImpossibleError where nothing was noted before the rules ran */
export async function searchWhole(context: ProvingContext): Promise<readonly ProofResult[]> {
  const results = await searchFor(context);
  if (results === undefined) throw new SearchImpossibleError();
  return results;
}

/** What the settings of the sandbox and its profile wrote since. */
export async function searchWritten(
  context: ProvingContext,
  byProfile: readonly string[] = [],
): Promise<readonly ProofResult[]> {
  const tables = new Set(byProfile);
  for (const { table } of rulesOf(context.packs).filter(isKept)) tables.add(table);
  const results = await searchFor(
    context,
    (role, { table }) => role === 'application' && tables.has(table.toUpperCase()),
  );
  return results ?? (['search', 'hosts'] as const).map(notSearchedAgain);
}

const notSearchedAgain = (name: ProofResult['name']): ProofResult => ({
  name,
  searched: { tables: 0, columns: 0, bytes: 0, values: 0 },
  notSearched: [
    {
      what: 'what the settings of the sandbox and its profile wrote',
      why: 'an earlier attempt to switch has destroyed the hashes of what was sought',
    },
  ],
  findings: [],
  sampled: false,
  seconds: 0,
});

/** The verdicts about the rules as a proof like the others. */
export function provedConditions(
  verdicts: readonly RuleVerdict[],
  names: Sandbox['databases'],
  seconds: number,
): ProofResult {
  const proved = verdicts.filter(({ skipped }) => skipped === undefined);
  return {
    name: 'post-conditions',
    searched: {
      tables: new Set(proved.map(({ database, table }) => `${database} ${table}`)).size,
      columns: 0,
      bytes: 0,
      values: 0,
    },
    notSearched: verdicts.flatMap(({ ruleId, table, skipped }) =>
      skipped === undefined ? [] : [{ what: `${ruleId} (${table})`, why: skipped }],
    ),
    findings: verdicts
      .filter(({ passed }) => !passed)
      .map(({ ruleId, database, table, offendingRows }) => ({
        ...{ database: names[database], schema: '', table, column: '', kind: ruleId, count: offendingRows },
      })),
    sampled: false,
    seconds,
  };
}
