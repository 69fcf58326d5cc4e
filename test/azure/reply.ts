/** An answer of Resource Manager on its way. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer of failure, thrown. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(
    status: number,
    code: string,
    message = 'Azure’s own words, which nobody repeats.',
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.reply = { status, headers, body: { error: { code, message } } };
  }
}

export const notFound = (type: string, name: string): Refused =>
  new Refused(404, 'ResourceNotFound', `The requested resource of type '${type}' with name '${name}' was not found.`);
