import type { ProofFinding } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import { counted } from '../counted.ts';

const MOST_NAMED = 10;
/** The kind of a finding that is about a column as such, and no row of it. */
export const NEW_COLUMN = 'new column';

export class ProtectedValuesFoundError extends TerminalError {
  override readonly code = 'protected-values-found';

  constructor(findings: readonly ProofFinding[]) {
    super(`The copy still holds values of production that its rules protect: ${namedFindings(findings)}`, {
      remedy:
        'Name these columns in a rule pack and plan again; the run’s log has every place. The target has not been changed.',
    });
  }
}

export function namedFindings(findings: readonly ProofFinding[]): string {
  const named = findings.slice(0, MOST_NAMED).map(shownFinding);
  const more = findings.length - named.length;
  return `${named.join(', ')}${more > 0 ? `, and ${String(more)} more places` : ''}`;
}

export const shownFinding = ({ database, schema, table, column, kind, count }: ProofFinding): string => {
  const place = [database, schema, table, column].filter((part) => part !== '').join('.');
  if (kind === NEW_COLUMN) return `${place} (${kind})`;
  return `${place} (${kind}, ${counted(count, 'row')})`;
};

/** Nobody has decided about these columns, and what they hold, or that they are new, asks for it. */
export class ColumnsUndecidedError extends TerminalError {
  override readonly code = 'columns-undecided';

  constructor(findings: readonly ProofFinding[]) {
    super(`No rule and no declaration speaks of these columns of the copy: ${namedFindings(findings)}`, {
      remedy:
        'Write a rule for each, or declare it harmless with a reason, an owner and a date in a rule pack, then plan again; rewind coverage --skeleton begins one. The target has not been changed.',
    });
  }
}

/** What was accepted is not what is there, or is accepted no longer. */
export class ExceptionStaleError extends TerminalError {
  override readonly code = 'exception-stale';
  /** An attempt to switch has destroyed the hashes of what was sought otherwise, and no other proof can be made of this copy. */
  readonly canProveAnew: boolean;
  /** Of a copy that is kept no longer. */
  readonly remedyWithoutCopy =
    'Plan the refresh again: another copy is proved, and whoever answers for the data is asked anew. The target has not been changed.';

  constructor(findings: readonly ProofFinding[], { canProveAnew }: { readonly canProveAnew: boolean }) {
    super(`What was accepted no longer covers what the copy holds: ${namedFindings(findings)}`, {
      remedy:
        'Retry the run while its copy is kept: the copy is proved once more, and whoever answers for the data is asked anew. The target has not been changed.',
    });
    this.canProveAnew = canProveAnew;
  }
}

/** The time in which somebody could have accepted it is over. */
export class ExceptionNotGivenError extends TerminalError {
  override readonly code = 'exception-not-given';

  constructor(findings: readonly ProofFinding[]) {
    super(`Nobody has accepted in time what the copy still holds: ${namedFindings(findings)}`, {
      remedy:
        'Name these columns in a rule pack and plan again; what is found in that copy is asked about anew. This copy is dropped, the target has not been changed.',
    });
  }
}

export class SearchImpossibleError extends TerminalError {
  override readonly code = 'search-impossible';

  constructor(
    why: 'was not noted before they ran' | 'is no longer noted as it was' = 'was not noted before they ran',
    options: ErrorOptions = {},
  ) {
    super(`What the rules protect ${why}, so the copy cannot be searched for it`, {
      ...options,
      remedy:
        'Plan the refresh again. It happens to a copy that an older version has begun to sanitize, or in whose schema rewind somebody has changed something; the target has not been changed.',
    });
  }
}
