import type { ReadSession } from '../../environments/provider.ts';
import { speakExactly } from '../target/exactValues.ts';
import type { RuleVerdict } from '../verify.ts';
import type { WrittenPart } from './part.ts';

/** Every part stands in the copy as it was written, and nothing beside it. On a session that wrote none of it. */
export async function proveProfile(
  session: ReadSession,
  parts: readonly WrittenPart[],
): Promise<readonly RuleVerdict[]> {
  await speakExactly(session);
  const verdicts: RuleVerdict[] = [];
  for (const { line, table, prove } of parts) {
    const offendingRows = await prove(session);
    verdicts.push({
      ...{ ruleId: `profile-${line.part}`, database: 'application', table },
      ...{ passed: offendingRows === 0, offendingRows },
    });
  }
  return verdicts;
}
