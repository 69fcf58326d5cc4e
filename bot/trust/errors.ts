import { TerminalError } from '../../engine/errors.ts';

export class InvalidTrustError extends TerminalError {
  override readonly code = 'invalid-trust';

  constructor(problem: string) {
    super(`The bot’s identity cannot be used: ${problem}`, {
      remedy: 'Correct the settings of the bot registration (application id, tenant id, credential), then start again.',
    });
  }
}

export class UntrustedServiceUrlError extends TerminalError {
  override readonly code = 'untrusted-service-url';

  constructor(host: string) {
    super(`A message was about to be sent to ${host}, which is not the address of Teams`, {
      remedy: 'Nothing was sent. Send the bot a new message in the conversation; it then learns the present address.',
    });
  }
}
