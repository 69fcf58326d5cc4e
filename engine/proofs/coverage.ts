import {
  DATABASE_ROLES,
  type CoverageProof,
  type DatabaseRole,
  type Instant,
  type ProofFinding,
  type ProofResult,
  type Sandbox,
  type SuspiciousColumn,
} from '../contracts.ts';
import type { ReadSession } from '../environments/provider.ts';
import { isOwnColumn } from '../sanitization/coverage/applicationColumns.ts';
import type { Baseline } from '../sanitization/coverage/baseline.ts';
import type { CoveredColumn } from '../sanitization/coverage/coverage.ts';
import type { ByContent, SuspicionKind } from '../sanitization/coverage/findings.ts';
import { SAMPLE_SIZE } from '../sanitization/coverage/readSamples.ts';
import { surveyColumns } from '../sanitization/coverage/surveyColumns.ts';
import { NEW_COLUMN } from './errors.ts';
import { rulesOf, type RulePack } from '../sanitization/pack/rulePack.ts';
import { scopeOf, type ValueKind } from './kinds.ts';
import { counted } from '../counted.ts';

export interface CoverageContext {
  /** Not the sessions that sanitized. */
  readonly copy: Readonly<Record<DatabaseRole, ReadSession>>;
  readonly packs: readonly RulePack[];
  readonly target: Pick<Sandbox, 'databases' | 'administrator'>;
  /** What somebody has accepted. */
  readonly baseline?: Baseline | undefined;
  readonly now: () => Instant;
  /** Beyond it, columns are told by name alone. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((percent: number, detail: string) => void) | undefined;
}

/** Ten minutes read two thousand rows of some ten thousand tables. */
const BUDGET_MS = 600_000;
/** Named in a record, on a page and in a report: a copy has tens of thousands. */
const MOST_NAMED = 100;
/**
 * What is no chance when it is seen in values: such a column without a rule refuses the switch, where the packs promise that nothing of
 * the kind is left. Secrets are nobody's promise to make.
 */
const CERTAIN: ReadonlyMap<SuspicionKind, ValueKind> = new Map([
  ['secret', 'key'],
  ['payment card', 'identity-number'],
  ['bank account', 'iban'],
  ['e-mail', 'mail'],
]);

const PLURALS: ReadonlyMap<SuspicionKind, string> = new Map([
  ['payment card', 'card numbers'],
  ['bank account', 'bank account numbers'],
  ['e-mail', 'mail addresses'],
]);

/** Says of every column of the copy who has decided about it, and finds those that hold what somebody has to decide about. */
export async function proveCoverage(context: CoverageContext): Promise<ProofResult> {
  const { copy, packs, target, baseline, now, budgetMs = BUDGET_MS, signal, progress } = context;
  const startedAt = Date.parse(now());
  const elapsedMs = () => Date.parse(now()) - startedAt;
  const columns: Placed[] = [];
  let [tables, unlooked] = [0, 0];
  for (const database of DATABASE_ROLES) {
    // A baseline is of the application database: the columns of the other one are Microsoft's alone.
    const accepted = database === 'application' ? baseline : undefined;
    const covered = await surveyColumns({
      ...{ session: copy[database], packs, administrator: target.administrator, role: database },
      ...(accepted === undefined ? {} : { baseline: accepted }),
      isTimeLeft: () => elapsedMs() < budgetMs,
      progress(done, of) {
        signal?.throwIfAborted();
        progress?.(Math.floor((100 * done) / of), `columns of ${String(done)} of ${String(of)} tables looked at`);
      },
    });
    tables += covered.counts.tables;
    unlooked += covered.unlooked ?? 0;
    const placed = { database: target.databases[database], hasBaseline: accepted !== undefined };
    columns.push(...covered.columns.map((column) => ({ ...placed, column })));
  }
  const { kinds } = scopeOf(rulesOf(packs));
  const isPromised = (kind: SuspicionKind): boolean => {
    const value = CERTAIN.get(kind);
    return value !== undefined && kinds.has(value);
  };
  const isState = (state: string) => columns.filter(({ column }) => column.ruling.state === state).length;
  const suspicious = columns.filter(({ column: { ruling, suspicions, isNew } }) =>
    ruling.state === 'unknown' || ruling.state === 'ruled' ? suspicions.length > 0 && isNew : false,
  );
  const named = suspicious.slice(0, MOST_NAMED).map(({ database, column }) => suspiciousColumn(database, column));
  const coverage: CoverageProof = {
    ...{ ruled: isState('ruled'), harmless: isState('harmless'), system: isState('system') },
    ...{ unknown: isState('unknown'), looked: columns.filter(({ column }) => column.isSampled).length },
    ...{ hasBaseline: baseline !== undefined, suspicious: named, more: suspicious.length - named.length },
  };
  return {
    name: 'coverage',
    searched: { tables, columns: columns.length, bytes: 0, values: 0 },
    notSearched: [
      ...leftOut(columns, { unlooked, hasBaseline: baseline !== undefined }),
      ...[...CERTAIN.keys()]
        .filter((kind) => !isPromised(kind))
        .map((kind) => ({
          what: `${PLURALS.get(kind) ?? kind} in columns without a rule`,
          why: 'no chosen rule pack masks them',
        })),
    ],
    findings: columns.flatMap((column) => findingsIn(column, isPromised)),
    sampled: unlooked > 0,
    seconds: elapsedMs() / 1000,
    coverage,
  };
}

interface Placed {
  readonly database: string;
  readonly column: CoveredColumn;
  /** Somebody has accepted the columns of this database. */
  readonly hasBaseline: boolean;
}

const placeOf = (database: string, { fact: { schema, table, column } }: CoveredColumn) => ({
  ...{ database, schema, table, column },
});

function suspiciousColumn(database: string, column: CoveredColumn): SuspiciousColumn {
  const looksLike = column.suspicions.map(({ kind, by }) => (by === 'content' ? `${kind}, by its values` : kind));
  return { ...placeOf(database, column), looksLike: [...new Set(looksLike)] };
}

/** A name alone refuses nothing. */
function findingsIn(
  { database, column, hasBaseline }: Placed,
  isPromised: (kind: SuspicionKind) => boolean,
): readonly ProofFinding[] {
  const place = placeOf(database, column);
  const seen = column.suspicions.filter(
    (suspicion): suspicion is ByContent => suspicion.by === 'content' && isPromised(suspicion.kind),
  );
  const inValues = column.isNew
    ? seen.map(({ kind, share, sampled }) => ({ ...place, kind, count: Math.round(share * sampled) }))
    : [];
  const { fact, ruling, isUnlisted } = column;
  const isText = fact.family === 'text' || fact.family === 'document';
  const isUnheardOf = hasBaseline && isUnlisted && ruling.state === 'unknown' && isText && !isOwnColumn(fact);
  return [...inValues, ...(isUnheardOf ? [{ ...place, kind: NEW_COLUMN, count: 1 }] : [])];
}

function leftOut(
  columns: readonly Placed[],
  { unlooked, hasBaseline }: { readonly unlooked: number; readonly hasBaseline: boolean },
): ProofResult['notSearched'] {
  const rows = SAMPLE_SIZE.rows.toLocaleString('en');
  const unseen = columns.filter(
    ({ column: { fact, ruling } }) => fact.unseen !== undefined && ruling.state === 'unknown',
  );
  return [
    { what: `rows of a table behind the first ${rows}`, why: 'the values of a column are looked at in a sample' },
    ...(unlooked > 0 ? [{ what: `values of ${counted(unlooked, 'column')}`, why: 'the time for them was over' }] : []),
    ...(unseen.length > 0
      ? [{ what: `values of ${counted(unseen.length, 'column')}`, why: 'they are hidden or encrypted' }]
      : []),
    ...(hasBaseline
      ? []
      : [{ what: 'columns that are new', why: 'environments.yaml names no accepted columns (coverage.baseline)' }]),
  ];
}
