import type { ExaminedRun } from '../../engine/journal/audit/examineAll.ts';
import { detailOf } from './describeRecord.ts';

const COLUMNS = ['run', 'sandbox', 'record', 'at', 'event', 'name', 'object id', 'tenant', 'detail', 'hash', 'intact'];

/** One line per record, as RFC 4180 writes it. */
export function toCsv(runs: readonly ExaminedRun[]): string {
  const lines = runs.flatMap(({ run, records, findings }) =>
    records.map((record) => [
      run.runId,
      run.target,
      String(record.seq),
      record.at,
      record.event,
      record.actor.name,
      record.actor.id,
      record.actor.tenantId,
      detailOf(record),
      record.hash,
      findings.length === 0 ? 'yes' : 'no',
    ]),
  );
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes a text that begins like a formula for one. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
