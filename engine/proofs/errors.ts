import type { ProofFinding } from '../contracts.ts';
import { TerminalError } from '../errors.ts';

const MOST_NAMED = 10;

export class ProtectedValuesFoundError extends TerminalError {
  override readonly code = 'protected-values-found';

  constructor(findings: readonly ProofFinding[]) {
    const named = findings.slice(0, MOST_NAMED).map(shownFinding);
    const more = findings.length - named.length;
    super(
      `The copy still holds values of production that its rules protect: ${named.join(', ')}${more > 0 ? `, and ${String(more)} more places` : ''}`,
      {
        remedy:
          'Name these columns in a rule pack and plan again; the run’s log has every place. The target has not been changed.',
      },
    );
  }
}

export const shownFinding = ({ database, schema, table, column, kind, count }: ProofFinding): string => {
  const place = [database, schema, table, column].filter((part) => part !== '').join('.');
  return `${place} (${kind}, ${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'})`;
};

export class SearchImpossibleError extends TerminalError {
  override readonly code = 'search-impossible';

  constructor() {
    super('What the rules protect was not noted before they ran, so the copy cannot be searched for it', {
      remedy:
        'Plan the refresh again. It happens to a copy that an older version has begun to sanitize, or whose schema rewind somebody has dropped; the target has not been changed.',
    });
  }
}
