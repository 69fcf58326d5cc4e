import type { CompiledQuery } from 'kysely';
import type { Instant } from '../../contracts.ts';
import type { Session } from '../../environments/provider.ts';
import { PostConditionError } from '../errors.ts';
import { carryOutPass, lookAt } from './carryOutPass.ts';
import { isLarge, SIZES, type Sizes } from './chooseMethod.ts';
import { inLanes } from './lanes.ts';
import { forgetPass, hasLedger, noteProgress, readLedger, type Ledger, type Progress } from './ledger.ts';
import { createMeter, type Meter } from './meter.ts';
import { planPasses, type Pass, type PlacedRule, type Stage, type TableWork } from './planPasses.ts';
import { proveTable } from './proveTable.ts';
import { AT_ONCE, inParts, restTables, wakeTables } from './rest/restTables.ts';
import type { Resting } from './rest/resting.ts';
import type { RuleScope } from './statements.ts';
import { forgetValues, renewStatistics } from './statistics.ts';
import { readFacts } from './facts/readFacts.ts';
import { nameOf, type Facts, type Place } from './facts/tableFacts.ts';
import { isEmptying, truncatable, truncateTables } from './truncate.ts';

export interface RulesContext {
  readonly session: Session;
  /** Foreign keys that rest with the rest. */
  readonly keys?: readonly Resting[] | undefined;
  /** Another session to the same copy, so that two tables are worked on side by side. */
  readonly open?: (() => Promise<Session>) | undefined;
  readonly scope: RuleScope;
  /** What makes the statistics of a table of PostgreSQL anew. */
  readonly statisticsOf: (place: Place) => readonly CompiledQuery[];
  readonly sizes?: Sizes | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly now?: (() => Instant) | undefined;
  readonly progress?: ((percent: number, detail: string) => void) | undefined;
  /** Told once a pass is done, and by whom; nobody is named where this attempt alone did it. */
  readonly done: (pass: Pass, progress: Progress, by?: EarlierAttempts) => void;
}

/** Who changed the rows of a pass beside this attempt: an earlier one alone, or both. */
export type EarlierAttempts = 'earlier' | 'several';

/** Two tables side by side take 0.8 of the time on two cores; more would wait for each other. */
const LANES = 2;

/**
 * Carries all rules out, from wherever an earlier attempt has ended, proves them table by table, and puts everything
 * that rested meanwhile back as it was.
 * @throws PostConditionError when the rows of a table are not as one of its rules says.
 */
export async function carryOutRules(rules: readonly PlacedRule[], context: RulesContext): Promise<void> {
  const { session } = context;
  const stages = planPasses(rules);
  const facts = await readFacts(session, stages.flat());
  const found = (await hasLedger(session)) ? await readLedger(session) : undefined;
  const isLeft = (pass: Pass) => found?.passes.get(pass.id)?.isDone !== true;
  if (stages.flat().some(({ passes }) => passes.some(isLeft)))
    await restTables(session, [...facts.values()], context.keys);
  else if (found === undefined) return;

  const sizes = context.sizes ?? SIZES;
  const weights = new Map(stages.flat().map((table) => [nameOf(table), 1 + weightOf(facts, table)]));
  const always = { ...context, facts, sizes, meter: createMeter(weights, context), stages, found };
  for (const [index, stage] of stages.entries()) {
    await emptyTables(stage, { ...always, ledger: await readLedger(session) });
    const run: Run = { ...always, ledger: await readLedger(session) };
    const largestFirst = stage.toSorted((one, other) => weightOf(facts, other) - weightOf(facts, one));
    const large = stage.filter((table) => isLargeTable(run, table));
    await inLanes(context, large.length > 1 ? LANES : 1, largestFirst, (table, own) => workOn(own, table, index, run));
  }
  if (facts.size > 0)
    await onceOnly(session, 'values forgotten', await readLedger(session), () => forgetValues(session));
  await wakeTables(session, [...facts.values()]);
}

interface Run extends RulesContext {
  readonly facts: Facts;
  /** As an earlier attempt has left it. */
  readonly found: Ledger | undefined;
  readonly ledger: Ledger;
  readonly sizes: Sizes;
  readonly meter: Meter;
  readonly stages: readonly Stage[];
}

const weightOf = (facts: Facts, table: TableWork): number => {
  const about = facts.get(nameOf(table));
  return about === undefined ? 0 : about.pages > 0 ? about.pages : about.rows;
};

function isLargeTable({ facts, sizes }: Run, table: TableWork): boolean {
  const about = facts.get(nameOf(table));
  return about !== undefined && isLarge(about, sizes);
}

/** All tables of the stage of which no row stays, in one transaction. */
async function emptyTables(stage: Stage, run: Run): Promise<void> {
  const { session, facts, ledger } = run;
  const meant = stage.flatMap(({ passes: [pass] }) =>
    pass !== undefined && isEmptying(pass) && ledger.passes.get(pass.id)?.isDone !== true ? [pass] : [],
  );
  const chosen = truncatable(session.dialect, meant, facts);
  if (chosen.length === 0) return;
  for (const part of inParts(chosen, AT_ONCE)) {
    const done: Progress[] = [];
    for (const pass of part) done.push(await emptied(pass, run));
    run.signal?.throwIfAborted();
    // A table that is empty already is left alone.
    const filled = part.filter((_, index) => Object.values(done[index]?.rows ?? {}).some((rows) => rows > 0));
    await session.executeTogether([
      ...(filled.length === 0 ? [] : truncateTables(session.dialect, filled)),
      ...done.flatMap((each) => noteProgress(session.dialect, each)),
    ]);
  }
}

async function emptied(pass: Pass, { session, facts, scope, sizes }: Run): Promise<Progress> {
  const about = facts.get(nameOf(pass));
  // A table that was never analyzed has no number of rows to go by.
  const isEstimate = about !== undefined && isLarge(about, sizes) && about.rows > 0;
  const work = { ...scope, schema: pass.schema, table: pass.table, rules: pass.rules };
  const rows = isEstimate ? about.rows : ((await lookAt(session, pass, work, { facts, sizes })).counts[0] ?? 0);
  const counted = Object.fromEntries(pass.rules.map(({ id }) => [id, rows]));
  return { id: pass.id, method: 'truncate', total: 0, rows: counted, isEstimate, isDone: true };
}

async function workOn(session: Session, table: TableWork, stage: number, run: Run): Promise<void> {
  const { scope, facts, found, ledger, sizes, signal, meter, done } = run;
  let isChanged = false;
  for (const [index, pass] of table.passes.entries()) {
    signal?.throwIfAborted();
    const progress = (share: number, detail: string) =>
      meter.note(nameOf(table), (index + share) / table.passes.length, detail);
    const result = await carryOutPass(session, pass, { scope, facts, ledger, sizes, signal, now: run.now, progress });
    isChanged ||= Object.values(result.rows).some((rows) => rows > 0);
    const before = found?.passes.get(pass.id);
    done(pass, result, before?.isDone ? 'earlier' : before?.reached === undefined ? undefined : 'several');
  }
  const isLast = !run.stages.slice(stage + 1).some((later) => later.some((other) => nameOf(other) === nameOf(table)));
  if (!isLast) return;
  if (isChanged && facts.has(nameOf(table)))
    await onceOnly(session, statisticsOf(table), ledger, () =>
      renewStatistics(session, table, run.statisticsOf(table)),
    );
  await proveOrForget(session, table, run);
}

const statisticsOf = (table: TableWork): string => `statistics ${nameOf(table)}`;

/** What may be repeated, but costs time: noted behind it. */
async function onceOnly(session: Session, id: string, ledger: Ledger, work: () => Promise<void>): Promise<void> {
  if (ledger.passes.has(id)) return;
  await work();
  const noted: Progress = { id, method: 'whole', total: 0, rows: {}, isEstimate: false, isDone: true };
  await session.executeTogether(noteProgress(session.dialect, noted));
}

/** Where the result is not as the rules say, the next attempt does it again: masks leave alone what has their form already. */
async function proveOrForget(session: Session, table: TableWork, { scope, stages }: Run): Promise<void> {
  const passes = stages.flat().flatMap((each) => (nameOf(each) === nameOf(table) ? each.passes : []));
  const rules = passes.flatMap((pass) => pass.rules);
  const findings = await proveTable(session, scope, table, rules);
  const failed = findings.findIndex(({ passed }) => !passed);
  const [rule, finding] = [rules[failed], findings[failed]];
  if (rule === undefined || finding === undefined) return;
  const again = passes.map(({ id }) => id);
  await session.executeTogether([...again, statisticsOf(table)].map((id) => forgetPass(session.dialect, id)));
  throw new PostConditionError(rule.id, table.table, finding.offendingRows);
}
