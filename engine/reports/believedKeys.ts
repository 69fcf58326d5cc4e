import { createPublicKey } from 'node:crypto';
import type { VerifyingKey } from '../journal/signatures.ts';
import type { ReportKey } from './signedReport.ts';

/** Whose reports a worker believes: its own, and those of the keys that it was given. */
export function believedKeys({
  reportKey,
  reportKeys = [],
}: {
  readonly reportKey?: ReportKey;
  readonly reportKeys?: readonly VerifyingKey[];
}): readonly VerifyingKey[] {
  return [
    ...(reportKey === undefined ? [] : [{ id: reportKey.id, key: createPublicKey(reportKey.key) }]),
    ...reportKeys.filter(({ id }) => id !== reportKey?.id),
  ];
}
