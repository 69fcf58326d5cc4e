import type { ProofResult } from '../../../engine/contracts.ts';
import { collectOnce } from '../../../engine/proofs/collect/collectOnce.ts';
import { readSought, type CopySessions } from '../../../engine/proofs/collect/sideTable.ts';
import { scopeOf } from '../../../engine/proofs/kinds.ts';
import { searchCopy, type SearchContext } from '../../../engine/proofs/search.ts';
import { rulesOf, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import type { Session } from '../../../engine/environments/provider.ts';
import type { Sandbox } from '../../../engine/contracts.ts';

export interface Subject {
  readonly copy: CopySessions<Session>;
  readonly packs: readonly RulePack[];
  readonly administrator: Sandbox['administrator'];
  readonly settings?: unknown;
  readonly living?: Session;
  readonly log?: (text: string) => void;
}

const now = () => new Date(performance.timeOrigin + performance.now()).toISOString();

/** The step that sanitizes, without its run. */
export async function sanitizeNoting({
  copy,
  packs,
  administrator,
  settings = {},
  // One that keeps nothing of its own.
  living = copy.financialReporting,
  log,
}: Subject): Promise<void> {
  await sanitize({
    ...{ session: copy.application, packs, sandbox: { administrator } },
    financialReporting: { session: copy.financialReporting },
    beforeFirstRule: (fitted) =>
      collectOnce(
        { copy, living, source: { settings }, target: { settings: {}, administrator }, now, ...(log ? { log } : {}) },
        fitted,
      ),
  });
}

/** The step that proves, on sessions of its own. */
export async function search(
  { packs, log }: Pick<Subject, 'packs' | 'log'>,
  copy: SearchContext['copy'],
  more: Partial<SearchContext> = {},
): Promise<readonly ProofResult[]> {
  const sought = await readSought(copy);
  if (sought === undefined) throw new Error('Nothing was noted');
  const names = { application: 'AxDB', financialReporting: 'MR' };
  return searchCopy({ copy, names, sought, scope: scopeOf(rulesOf(packs)), now, ...(log ? { log } : {}), ...more });
}

export const placesIn = (results: readonly ProofResult[]): readonly string[] =>
  results.flatMap(({ findings }) =>
    findings.map(
      ({ database, schema, table, column, kind, count }) =>
        `${[database, schema, table, column].filter((part) => part !== '').join('.')}: ${String(count)} ${kind}`,
    ),
  );
