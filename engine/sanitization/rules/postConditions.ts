import type { ReadSession } from '../../environments/provider.ts';
import type { CompiledRule } from './compileRule.ts';
import { PostConditionError } from '../errors.ts';
import { countRows, type ReadyRule } from './prepareRules.ts';

export interface PostConditionFinding {
  readonly passed: boolean;
  /** Rows that must not exist; 0 with `passed: false` when the row that must exist does not. */
  readonly offendingRows: number;
}

export async function findOffendingRows(session: ReadSession, compiled: CompiledRule): Promise<PostConditionFinding> {
  const offendingRows = await countRows(session, compiled.offending);
  if (offendingRows !== 0) return { passed: false, offendingRows };
  const passed = compiled.expected === undefined || (await countRows(session, compiled.expected)) > 0;
  return { passed, offendingRows };
}

/** @throws PostConditionError when the rule's post-condition does not hold. */
export async function checkPostCondition(session: ReadSession, { rule, table, compiled }: ReadyRule): Promise<void> {
  const { passed, offendingRows } = await findOffendingRows(session, compiled);
  if (!passed) throw new PostConditionError(rule.id, table, offendingRows);
}
