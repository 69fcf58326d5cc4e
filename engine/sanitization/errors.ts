import { TerminalError } from '../errors.ts';

export class PackInvalidError extends TerminalError {
  override readonly code = 'pack-invalid';

  /** Every problem at once, each with its place: `elements[3].rules[0].table: …`. */
  readonly problems: readonly string[];

  constructor(fileName: string, problems: readonly string[]) {
    super(`Rule pack ${fileName} cannot be used: ${problems.join('; ')}`, {
      remedy: `Correct ${fileName}; docs/sanitization.md describes the format.`,
    });
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

  constructor(tables: readonly string[]) {
    super(`The database has no table ${tables.join(', ')}: it is not a Finance & Operations database`, {
      remedy: 'Check which database of the source is named as its application database.',
    });
  }
}

/** The schema has drifted from the rules: skipping would leave data in place, so nothing is changed at all. */
export class ColumnMismatchError extends TerminalError {
  override readonly code = 'column-mismatch';

  constructor(mismatches: readonly { ruleId: string; table: string; column: string; why: string }[]) {
    const list = mismatches.map(({ ruleId, table, column, why }) => `${table}.${column} ${why} (rule ${ruleId})`);
    super(`Sanitization rules do not fit the database: ${list.join('; ')}`, {
      remedy: 'Adapt the rule pack to the release of the source, or correct the customization; then plan again.',
    });
  }
}

export class ReferenceRowError extends TerminalError {
  override readonly code = 'reference-row-missing';

  constructor(ruleId: string, reference: string, rows: number) {
    super(`Rule ${ruleId} takes a value from ${reference}, which has ${String(rows)} matching rows instead of one`, {
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

export class TargetSettingsError extends TerminalError {
  override readonly code = 'target-settings-differ';

  constructor(ruleId: string, table: string, expectedRows: number, actualRows: number) {
    super(
      `Settings of the target did not arrive (rule ${ruleId}): ${table} has ${String(actualRows)} of ${String(expectedRows)} rows`,
      { remedy: `Look at triggers and customizations of ${table}, then retry; the target has not been changed.` },
    );
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
