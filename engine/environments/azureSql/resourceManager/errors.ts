import { RetryableError, TerminalError } from '../../../errors.ts';

/** What Resource Manager said no to. Of its answer the status and its code are repeated, never its text. */
export interface Refusal {
  /** For messages: `restoring AxDB__rw_R-1042`. */
  readonly doing: string;
  readonly status: number;
  /** `ConflictingDatabaseOperation`; empty when it said none. */
  readonly code: string;
}

const said = ({ status, code }: Refusal) => (code === '' ? `HTTP ${String(status)}` : `HTTP ${String(status)} ${code}`);

export class AzureRefusalError extends TerminalError {
  override readonly code = 'azure-refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`Azure refuses: ${said(refusal)} while ${refusal.doing}`, {
      remedy:
        'Look the code up in the activity log of the resource group, which has Azure’s own words; then try again.',
    });
    this.refusal = refusal;
  }
}

export class AzureBusyError extends RetryableError {
  override readonly code = 'azure-busy';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`Azure cannot do it now: ${said(refusal)} while ${refusal.doing}`, {
      remedy:
        'It is tried again. If it stays so, look at the activity log of the resource group, and at Azure’s status.',
    });
    this.refusal = refusal;
  }
}

export class AzureRightMissingError extends TerminalError {
  override readonly code = 'azure-right-missing';

  constructor({ doing, status, code }: Refusal) {
    super(`The identity of the service may not do this in Azure: ${said({ doing, status, code })} while ${doing}`, {
      remedy:
        'Give it the role of docs/providers/azure-sql.md, or the policy its exception; `rewind doctor` names what is missing.',
    });
  }
}

export class AzureQuotaError extends TerminalError {
  override readonly code = 'azure-quota-reached';

  constructor(refusal: Refusal) {
    super(`A quota of Azure does not admit it: ${said(refusal)} while ${refusal.doing}`, {
      remedy:
        'Drop what is no longer needed on that server, choose a smaller service objective, or have the quota raised.',
    });
  }
}

export class AzureTokenRefusedError extends TerminalError {
  override readonly code = 'azure-token-refused';

  constructor(doing: string) {
    super(`Azure Resource Manager does not accept the token of the service while ${doing}`, {
      remedy: 'Check tenant and cloud of the identity, and the clock of this machine.',
    });
  }
}

export class AzureOperationFailedError extends TerminalError {
  override readonly code = 'azure-operation-failed';
  /** Azure's own code of what went wrong. */
  readonly failure: string;

  constructor(doing: string, status: string, failure: string) {
    super(`Azure ended ${doing}: ${status}${failure === '' ? '' : ` (${failure})`}`, {
      remedy: 'The activity log of the resource group has Azure’s own words. Start the refresh again.',
    });
    this.failure = failure;
  }
}

export class AzureOperationEndlessError extends TerminalError {
  override readonly code = 'azure-operation-endless';

  constructor(doing: string, hours: number) {
    super(`Azure has not ended ${doing} within ${String(hours)} h and says that it goes on`, {
      remedy:
        'Look at the activity log of the resource group, and cancel or delete it there or with Azure’s support; then try again.',
    });
  }
}

/** A signed address leads somewhere else than to where the request went: the token is not sent there. */
export class AzureAddressRefusedError extends TerminalError {
  override readonly code = 'azure-address-refused';

  constructor(doing: string, host: string) {
    super(
      `Azure’s answer leads to ${host}, which is not Azure Resource Manager, while ${doing}; nothing was sent there`,
      {
        remedy: 'Find out who answers in Azure’s place: a proxy, or another cloud than the one of the settings.',
      },
    );
  }
}

export class AzureAnswerUnreadableError extends TerminalError {
  override readonly code = 'azure-answer-unreadable';

  constructor(doing: string, where: string) {
    super(`Azure’s answer has another form than expected (${where}) while ${doing}`, {
      remedy: 'Look whether a proxy answers in Azure’s place; otherwise report it.',
    });
  }
}
