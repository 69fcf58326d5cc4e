import { TerminalError } from '../../errors.ts';

export class HostileNameError extends TerminalError {
  override readonly code = 'name-refused';

  constructor(what: string, text: string, why: string) {
    super(`${what} of ${String(text.length)} characters ${why}`, {
      remedy: 'Rename the database, login or file on the server, or correct it in environments.yaml.',
    });
  }
}

export class ServerSettingsError extends TerminalError {
  override readonly code = 'server-settings-unusable';

  constructor(environment: string, why: string) {
    super(`The settings of ${environment} cannot be used: ${why}`, {
      remedy: 'Correct them in environments.yaml, as docs/providers/sql-server.md shows.',
    });
  }
}
