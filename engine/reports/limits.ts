import type { LeftOut } from '../contracts.ts';
import type { ReportedProof, ReportedRule } from './report.ts';

/** What stays as production has it without one of the usual packs. */
export const LEFT_BY_PACK: ReadonlyMap<string, string> = new Map([
  ['lcs-2026', 'What Microsoft’s refresh clears today is not all cleared.'],
  ['quiet', 'Mail that waits, endpoints and keys are as in production.'],
  ['personal-data', 'Names, addresses, numbers and notes of people are as in production.'],
]);

interface About {
  readonly withoutPacks: readonly LeftOut[];
  readonly proofs: readonly ReportedProof[];
  readonly rules: readonly ReportedRule[];
  readonly hasExceptions?: boolean;
}

/** What a reader must not take this report for, in the order in which it matters. */
export function limitsOf(
  { withoutPacks, proofs, rules, hasExceptions = false }: About,
  isSigned: boolean,
): readonly string[] {
  const isReportingRuled = rules.some(
    ({ database, skipped }) => database === 'financialReporting' && skipped === undefined,
  );
  return [
    ...withoutPacks.flatMap(({ pack }) => LEFT_BY_PACK.get(pack) ?? []),
    'Columns that no rule names are as in production, those of customizations as well.',
    ...(isReportingRuled ? [] : ['No rule has changed the Financial Reporting database: it is as it was restored.']),
    ...(proofs.some(({ name }) => name === 'search')
      ? []
      : ['No proof has searched the copy for values of production.']),
    ...(proofs.some(({ name }) => name === 'coverage')
      ? ['Whether a column is personal is told by its name and by a sample of its values: it may look like nothing.']
      : ['No proof has looked at what became of every column.']),
    ...(hasExceptions
      ? ['What was accepted as an exception is in the sandbox; another day or another copy may hold more of it.']
      : []),
    ...(proofs.some(({ sampled }) => sampled)
      ? ['A proof that says “sampled” has not looked at every row: its time was over.']
      : []),
    'Values that are cut off, encrypted, compressed, misspelled or put together from parts are not recognised.',
    'Until it was clean, the copy held production’s data: whoever administers its server or storage could read it.',
    'Backups and snapshots that somebody else made of the copy or its storage before that may hold production’s data.',
    'Pages that the database has freed, and its log, may hold deleted values until they are written over.',
    'What is written after this report (synchronization, services, people) is not covered.',
    isSigned
      ? 'The signature shows that this file is as the worker made it. It does not show that nothing was overlooked.'
      : 'This report is not signed: whoever can change the file can write another one.',
  ];
}
