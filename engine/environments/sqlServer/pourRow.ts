import type { FieldSink } from '../provider.ts';

/** A row of the driver as a sink takes it: text and bytes, and nothing of any other type. */
export function pourRow(values: readonly unknown[], sink: FieldSink): void {
  for (const [column, value] of values.entries()) {
    if (typeof value !== 'string' && !Buffer.isBuffer(value)) continue;
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    sink.field(column, bytes, 0, bytes.length);
  }
  sink.row();
}
