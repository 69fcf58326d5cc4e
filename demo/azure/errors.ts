/** The demo cannot run where `--azure` says; said before anything is made there. */
export class AzureUnusableError extends Error {
  override readonly name = 'AzureUnusableError';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
