import { counted } from '../counted.ts';
import type { CheckResult, CoverageProof, NamedFinding, ProofFinding, Run } from '../contracts.ts';
import { digestOf } from '../journal/canonicalJson.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { passed, warning } from '../prerequisites/condition.ts';
import { proveCoverage } from '../proofs/coverage.ts';
import { namedFindings } from '../proofs/errors.ts';
import { findingsOf } from '../proofs/exceptions.ts';
import { endOf, judgeFindings, occasionOf, type Verdict } from '../runs/exceptions/judge.ts';

const LAST_RUNS = 10;
/** Each is a name on a line of the card. */
const NAMED = 10;

/**
 * What is known beforehand of what the proofs will say: by the last copy of this source for this sandbox, else by the names of the
 * sandbox's own columns. It warns: production may have changed, and so may the packs.
 */
export async function findingChecks(parts: EngineParts, pair: Pair, run: Run): Promise<readonly CheckResult[]> {
  const last = await lastProved(parts, pair);
  if (last === undefined) return columnChecks(pair, await coverageOfSandbox(parts, pair).catch(notForNow), undefined);
  const proofs = provedIn(last);
  const findings = findingsOf(proofs);
  const coverage = proofs.find((proof) => proof.coverage !== undefined)?.coverage;
  return [
    ...(await findingCheck(parts, run, last, findings)),
    ...usersCheck(pair, last, findings),
    ...columnChecks(pair, coverage, last.runId),
  ];
}

/** An account that may not look at the sandbox's catalogue costs nobody the plan. */
function notForNow(error: unknown): undefined {
  if (!(error instanceof TerminalError)) throw error;
}

/** Names alone: no value is looked at. */
async function coverageOfSandbox(
  { packs, clock, baseline }: EngineParts,
  { target, provider }: Pair,
): Promise<CoverageProof | undefined> {
  await using application = await provider.session(target, 'target', 'application');
  await using financialReporting = await provider.session(target, 'target', 'financialReporting');
  const copy = { application, financialReporting };
  const now = () => clock.now();
  const proof = await proveCoverage({
    ...{ copy, packs: packs(target.packs), target, now, budgetMs: 0 },
    baseline: baseline?.(target),
  });
  return proof.coverage;
}

async function lastProved({ journal }: EngineParts, { source, target }: Pair): Promise<Run | undefined> {
  const runs = await journal.runs({ target: target.name, limit: LAST_RUNS });
  return runs.find((run) => run.source === source.name && provedIn(run).some(({ name }) => name === 'coverage'));
}

const provedIn = ({ proofs = [] }: Run) => proofs.find(({ step }) => step === 'verify-sanitization')?.proofs ?? [];

async function findingCheck(
  parts: EngineParts,
  run: Run,
  { runId, plan }: Run,
  findings: readonly NamedFinding[],
): Promise<readonly CheckResult[]> {
  const name = 'found-in-last-copy';
  const title = 'What the proofs found in the last copy';
  if (findings.length === 0) return [{ name, title, ...passed('measured', `nothing, in the copy of ${runId}`) }];
  // Rows come and go; an approval in advance is asked for anew where another place or another kind is found.
  const places = findings.map((one) => [one.proof, one.kind, ...placeOf(one)]);
  const named = { name, title: `${title} (${marked(places.length, places)})` };
  const verdict = await judgeFindings(parts, run, findings);
  const isChanged = occasionOf(parts, run).packsHash !== plan?.binding.packsHash;
  const end = isChanged
    ? '; the rule packs have changed since'
    : verdict.kind === 'held'
      ? `; accepted until ${endOf(verdict)}, as far as exactly that is found again`
      : '';
  return [
    {
      ...named,
      ...warning('measured', `in the copy of ${runId}: ${namedFindings(findings)}${end}`, remedyFor(run, verdict)),
    },
  ];
}

/** An accepted finding lets the copy in, and nobody into it (engine/sanitization/profile/underRun.ts). */
function usersCheck({ target }: Pair, { runId }: Run, findings: readonly NamedFinding[]): readonly CheckResult[] {
  if (target.profile?.users === undefined || findings.length === 0) return [];
  const title = `Profile of ${target.title}: nobody but Admin is enabled where anything is found`;
  const remedy = 'Name what was found in a rule pack: users stay disabled also where it is accepted.';
  return [{ name: 'profile', title, ...warning('measured', `something was found in the copy of ${runId}`, remedy) }];
}

const remedyFor = ({ isUrgent }: Run, { kind }: Verdict): string => {
  if (kind !== 'refuse')
    return 'Name these columns in a rule pack; else the switch waits for somebody who answers for the data, or is refused.';
  const why = isUrgent ? ': of an urgent refresh nobody accepts what is found' : '';
  return `Name these columns in a rule pack; else the switch is refused${why}.`;
};

/** An approval in advance knows a check by its title: it says how many, and which, and no run. */
const marked = (count: number, what: readonly (readonly string[])[]): string =>
  `${String(count)}, list ${digestOf(what.map((each) => digestOf(each)).toSorted()).slice(0, 8)}`;

const placeOf = ({ database, schema, table, column }: Omit<ProofFinding, 'kind' | 'count'>): readonly string[] => [
  database,
  schema,
  table,
  column,
];

/** A name alone warns. */
function columnChecks(
  { target }: Pair,
  coverage: CoverageProof | undefined,
  runId: string | undefined,
): readonly CheckResult[] {
  if (coverage === undefined) return [];
  const whose = runId === undefined ? target.title : `the copy of ${runId}`;
  const name = 'columns-decided';
  const title = 'Columns that look personal or secret';
  const { suspicious, more } = coverage;
  const count = suspicious.length + more;
  if (count === 0) return [{ name, title, ...passed('measured', `none of ${whose} is without a decision`) }];
  const named = { name, title: `${title} (${marked(count, suspicious.map(placeOf))})` };
  const first = suspicious.slice(0, NAMED).map(({ table, column }) => `${table}.${column}`);
  const others = count > first.length ? `, and ${(count - first.length).toLocaleString('en')} more` : '';
  return [
    {
      ...named,
      ...warning(
        'measured',
        `${counted(count, 'column')} of ${whose} undecided: ${first.join(', ')}${others}`,
        'Write a rule for each, or declare it harmless in a rule pack: rewind coverage --skeleton begins one.',
      ),
    },
  ];
}
