import type { Announced, NotAnnounced } from '../../../engine/contracts.ts';
import { rich, safe, type Md, type Safe } from '../../text.ts';

/** What those who work in the sandbox were not told, and why. The run has gone on all the same. */
export const announced = {
  announced: {
    title: rich`Not announced`,
    command: safe`the command`,
    line: (what: Safe, by: Md, why: Md) => rich`${what}, by ${by}: ${why}`,
    what: {
      approved: safe`approved`,
      'switch-announced': safe`the coming switch`,
      switched: safe`switched`,
      'back-online': safe`back online`,
      failed: safe`failed`,
      'rolled-back': safe`rolled back`,
      skipped: safe`not switched after all`,
    } satisfies Record<Announced, Safe>,
    why: {
      failed: safe`it ended with an error`,
      'not-started': safe`it could not be started`,
      'no-answer': safe`no end or answer in time`,
      unreachable: safe`no connection`,
      refused: safe`refused`,
      gone: safe`its address is gone`,
      unsafe: safe`its address leads where none may`,
      'no-secret': safe`its secret is not set`,
      'too-late': safe`the bot was not there in time`,
    } satisfies Record<NotAnnounced, Safe>,
    status: (why: Safe, status: Safe) => safe`${why} (status ${status})`,
  },
};
