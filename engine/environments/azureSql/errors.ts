import { RetryableError, TerminalError } from '../../errors.ts';

export class TargetOnProductionServerError extends TerminalError {
  override readonly code = 'target-on-production-server';

  constructor(target: string, source: string) {
    super(`${target} lies on the logical server of ${source}, where nothing but intermediates may be written`, {
      remedy: 'Give the sandbox a logical server of its own, and correct environments.yaml.',
    });
  }
}

/** Something has the name that this run would give, and is not known to be its own. */
export class NameTakenError extends TerminalError {
  override readonly code = 'azure-name-taken';

  constructor(database: string, server: string, runId: string) {
    super(`${database} lies on ${server} without being marked as ${runId}’s own`, {
      remedy:
        'Look whose it is: another installation’s, or made by hand. Rename or delete it; then start the refresh again.',
    });
  }
}

export class AzureObstacleError extends TerminalError {
  override readonly code = 'azure-not-possible';

  constructor(target: string, obstacles: readonly { readonly what: string; readonly remedy: string }[]) {
    super(`${target} cannot be refreshed: ${obstacles.map(({ what }) => what).join('; ')}`, {
      remedy: obstacles.map(({ remedy }) => remedy).join(' '),
    });
  }
}

export class CopyIncompleteError extends RetryableError {
  override readonly code = 'azure-copy-incomplete';

  constructor(database: string, status: string) {
    super(`${database} is ${status} where it should be online`, {
      remedy: 'It is tried again. The activity log of the resource group says what became of it.',
    });
  }
}

export class NotYetShownError extends RetryableError {
  override readonly code = 'azure-not-yet-shown';

  constructor(database: string) {
    super(`${database} was asked for or is listed, and does not show yet`, {
      remedy: 'It is looked for again, and deleted once it shows.',
    });
  }
}
