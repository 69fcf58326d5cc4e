import { TerminalError } from '../errors.ts';
import { describePackProblem, type OriginOf, type PackProblem } from './pack/packProblems.ts';

export class PackInvalidError extends TerminalError {
  override readonly code = 'pack-invalid';

  /** Every problem at once, each with its rule and its place. */
  readonly problems: readonly PackProblem[];
  readonly packName: string;

  constructor(packName: string, problems: readonly PackProblem[]) {
    super(`Rule pack ${packName} cannot be used: ${problems.map(describePackProblem).join('; ')}`, {
      remedy: `Correct ${packName}; docs/sanitization.md describes the format.`,
    });
    this.packName = packName;
    this.problems = problems;
  }
}

export class NoRulesError extends TerminalError {
  override readonly code = 'no-sanitization-rules';

  constructor() {
    super('No sanitization rule is in force for the sandbox, so nothing would be sanitized', {
      remedy: 'Name a rule pack for the sandbox in environments.yaml, for example packs: [lcs-2023].',
    });
  }
}

export class MandatoryTableMissingError extends TerminalError {
  override readonly code = 'mandatory-table-missing';

  constructor(missing: readonly { readonly ruleId: string; readonly table: string }[], originOf?: OriginOf) {
    const list = [...Map.groupBy(missing, ({ table }) => table)].map(
      ([table, rules]) => `${table} (${rules.map(({ ruleId }) => shownRule(ruleId, originOf)).join('; ')})`,
    );
    super(`The database has no table ${list.join(', ')}: it is not a Finance & Operations database`, {
      remedy: 'Check which database of the source is named as its application database.',
    });
  }
}

export class MaskSecretMissingError extends TerminalError {
  override readonly code = 'mask-secret-missing';

  constructor(sandbox: string) {
    super(`The masks of ${sandbox} are to be the same in every refresh, and this worker has no REWIND_MASKS_SECRET`, {
      remedy: `Set REWIND_MASKS_SECRET for every worker that serves ${sandbox}, or take masks out of environments.yaml.`,
    });
  }
}

export class MaskSecretChangedError extends TerminalError {
  override readonly code = 'mask-secret-changed';

  constructor(sandbox: string, { isNamed }: { readonly isNamed: boolean }) {
    const named = isNamed
      ? 'this worker has another secret than environments.yaml names'
      : 'environments.yaml does not say with which secret';
    super(`The masks of ${sandbox} are to be the same in every refresh: ${named}`, {
      remedy:
        'Give this worker the secret of before. If the masks are to change, run rewind doctor where the worker runs: it says which fingerprint to write.',
    });
  }
}

/** `rule loyalty-cards of contoso, line 12` */
function shownRule(ruleId: string, originOf: OriginOf = () => undefined): string {
  const origin = originOf(ruleId);
  return `rule ${ruleId}${origin === undefined ? '' : ` of ${origin}`}`;
}

/** What of a rule does not fit the database: `CUSTTABLE.NAME`, `ax.CUSTTABLE.NAME`. */
export interface Mismatch {
  readonly ruleId: string;
  readonly what: string;
  readonly why: string;
}

/** The schema has drifted from the rules: skipping would leave data in place, so nothing is changed at all. */
export class ColumnMismatchError extends TerminalError {
  override readonly code = 'column-mismatch';

  constructor(mismatches: readonly Mismatch[], originOf?: OriginOf) {
    const list = mismatches.map(({ ruleId, what, why }) => `${what} ${why} (${shownRule(ruleId, originOf)})`);
    super(`Sanitization rules do not fit the database: ${list.join('; ')}`, {
      remedy: 'Adapt the rule pack to the release of the source, or correct the customization; then plan again.',
    });
  }
}

/** What a table is like stands in the way of a rule; every such place is named, and nothing has been changed. */
export class RulesDoNotFitError extends TerminalError {
  override readonly code = 'rules-do-not-fit';

  constructor(
    refusals: readonly {
      readonly ruleId: string;
      readonly what: string;
      readonly why: string;
      readonly remedy: string;
    }[],
    originOf?: OriginOf,
  ) {
    const list = refusals.map(
      ({ ruleId, what, why, remedy }) => `${what} ${why} (${shownRule(ruleId, originOf)}: ${remedy})`,
    );
    super(`Nothing was changed, as rules cannot do what they say: ${list.join('; ')}`, {
      remedy: 'Adapt the rules as it says behind each of them, then retry or plan again.',
    });
  }
}

export class ReferenceRowError extends TerminalError {
  override readonly code = 'reference-row-missing';

  constructor(ruleId: string, reference: string, rows: number, originOf?: OriginOf) {
    const found = `${String(rows)} matching rows instead of one`;
    super(`A value is taken from ${reference}, which has ${found} (${shownRule(ruleId, originOf)})`, {
      remedy: `Correct the data of ${reference} in the source, or the rule.`,
    });
  }
}

export class PostConditionError extends TerminalError {
  override readonly code = 'post-condition-failed';

  constructor(ruleId: string, table: string, offendingRows: number) {
    const finding =
      offendingRows > 0 ? `${String(offendingRows)} rows are as they must not be` : 'the row that must be there is not';
    super(`Post-condition of rule ${ruleId} does not hold: in ${table}, ${finding}`, {
      remedy: `Look at triggers and customizations of ${table} and at the rule; the target has not been changed.`,
    });
  }
}

export class RestingLeftError extends TerminalError {
  override readonly code = 'resting-left';

  constructor(left: readonly string[]) {
    super(`What rested while the copy was sanitized is not on again as it was: ${left.join(', ')}`, {
      remedy:
        'Look at who else changes triggers and policies of the copy, then retry; the target has not been changed.',
    });
  }
}

export class LedgerLeftError extends TerminalError {
  override readonly code = 'ledger-left';

  constructor() {
    super('The copy still holds the schema rewind, which tells what sanitization has done to it', {
      remedy: 'Look at what hinders dropping the schema rewind, then retry; the target has not been changed.',
    });
  }
}

export class TargetSettingsError extends TerminalError {
  override readonly code = 'target-settings-differ';

  constructor(ruleId: string, table: string, expectedRows: number, actualRows: number) {
    const found =
      actualRows === expectedRows
        ? `what stands in the ${String(actualRows)} rows of ${table} is not what was read`
        : `${table} has ${String(actualRows)} of ${String(expectedRows)} rows`;
    super(`Settings of the target did not arrive (rule ${ruleId}): ${found}`, {
      remedy: `Look at triggers and customizations of ${table}, then retry; the target has not been changed.`,
    });
  }
}

export class SanitizationUnprovedError extends TerminalError {
  override readonly code = 'sanitization-unproved';

  constructor(
    verdicts: readonly { readonly ruleId: string; readonly table: string; readonly offendingRows: number }[],
  ) {
    const list = verdicts.map(
      ({ ruleId, table, offendingRows }) => `${ruleId} (${table}: ${String(offendingRows)} rows)`,
    );
    super(`The copy is not proved to be sanitized: ${list.join(', ')}`, {
      remedy:
        'Look at triggers, customizations and commands that write to these tables; the target has not been changed.',
    });
  }
}

export class BaselineInvalidError extends TerminalError {
  override readonly code = 'coverage-baseline-invalid';

  constructor(file: string) {
    super(`${file} is no baseline of columns`, {
      remedy: 'Name a file that `rewind coverage --write-baseline` has written.',
    });
  }
}
