/** Why a request goes no further; `reason` is for the log, the sender learns the status alone. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 401 | 403 | 413 | 415 | 429 | 503;

  constructor(status: Refusal['status'], reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}
