import { sha256Of } from '../../reports/signedReport.ts';
import type { Finding } from './finding.ts';
import type { RunMaterial } from './material.ts';

/** Whether the report that is kept is the one whose hash stands in the chain; its signature is for whoever verifies the file. */
export function examineReport({ run: { runId, report: head }, report: text }: RunMaterial): readonly Finding[] {
  if (head === undefined) return [];
  if (text === undefined) return [{ kind: 'report-missing', runId, text: 'its report is missing' }];
  if (sha256Of(text) === head.sha256) return [];
  return [{ kind: 'report-altered', runId, text: 'its report is not the one that was recorded' }];
}
