/** The demo cannot run on the server that was named; said before anything is made there. */
export class SqlServerUnusableError extends Error {
  override readonly name = 'SqlServerUnusableError';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
