import type { CheckResult } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { passed, warning } from '../prerequisites/condition.ts';
import { originsIn } from '../sanitization/pack/origins.ts';
import { rulesOf, type RulePack } from '../sanitization/pack/rulePack.ts';
import { digestOfList } from '../sanitization/profile/list.ts';
import { isKept, plannedRows, planRows, type PlannedRows } from '../sanitization/target/plannedRows.ts';
import { keepPlannedRows } from './profileLists.ts';
import { counted } from '../counted.ts';

export interface KeptOutlook {
  /** Of the list that was kept: an empty one where the sandbox could not be read. Absent where packs keep nothing of it. */
  readonly digest?: string;
  readonly checks: readonly CheckResult[];
}

/** What the sandbox has now of what packs keep of it: a list beside the run, which the plan is bound to. */
export async function lookAtKept(
  parts: EngineParts,
  runId: string,
  { target, provider }: Pick<Pair, 'target' | 'provider'>,
  packs: readonly RulePack[],
): Promise<KeptOutlook> {
  const rules = rulesOf(packs).filter(isKept);
  if (rules.length === 0) return { checks: [] };
  const about = { name: 'kept-rows', title: `What ${target.title} keeps of its own` };
  const keep = async (planned: PlannedRows): Promise<string> => {
    const text = JSON.stringify(planned);
    await keepPlannedRows(parts, runId, text);
    return digestOfList(text);
  };
  await using session = await provider.session(target, 'target', 'application');
  try {
    // A plan that is made twice at once is bound to the same list either way, unless the sandbox has changed.
    const former = await parts.journal.profileList(runId, 'kept');
    const before = former === undefined ? [] : plannedRows.parse(JSON.parse(former));
    const planned = await planRows(session, rules, target, { originOf: originsIn(packs), before });
    const rows = planned.reduce((sum, each) => sum + each.rows.length, 0);
    const detail = `${counted(rows, 'row')} of ${counted(planned.length, 'table')}; what is added or changed there from here on stays behind`;
    return { digest: await keep(planned), checks: [{ ...about, ...passed('measured', detail) }] };
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    const remedy = 'Mend it, then plan again: what the plan has not seen stays behind.';
    return { digest: await keep([]), checks: [{ ...about, ...warning('measured', error.message, remedy) }] };
  }
}
