import type { CheckResult } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts, Pair } from '../parts.ts';
import { passed, warning } from '../prerequisites/condition.ts';
import { originsIn } from '../sanitization/pack/origins.ts';
import { rulesOf, type RulePack } from '../sanitization/pack/rulePack.ts';
import { digestOfList } from '../sanitization/profile/list.ts';
import { isKept, planRows } from '../sanitization/target/plannedRows.ts';
import { keepPlannedRows } from './profileLists.ts';

export interface KeptOutlook {
  /** Of the list that was kept; absent when none could be made. */
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
  await using session = await provider.session(target, 'target', 'application');
  try {
    const planned = await planRows(session, rules, target, originsIn(packs));
    const text = JSON.stringify(planned);
    await keepPlannedRows(parts, runId, text);
    const rows = planned.reduce((sum, each) => sum + each.rows.length, 0);
    const detail = `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} of ${String(planned.length)} tables; what is added or changed there from here on stays behind`;
    return { digest: digestOfList(text), checks: [{ ...about, ...passed('measured', detail) }] };
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    const remedy =
      'Mend it before the refresh: right before the switch it is read again, and nothing of it was seen here.';
    return { checks: [{ ...about, ...warning('measured', error.message, remedy) }] };
  }
}
