import { TerminalError } from '../../errors.ts';

export class TargetOnProductionServerError extends TerminalError {
  override readonly code = 'target-on-production-server';

  constructor(target: string, source: string) {
    super(`${target} lies on the logical server of ${source}, where nothing but intermediates may be written`, {
      remedy: 'Give the sandbox a logical server of its own, and correct environments.yaml.',
    });
  }
}
