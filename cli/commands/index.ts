import type { CliCommand } from '../command.ts';
import { acceptFindings } from './acceptFindings.ts';
import { approve } from './approve.ts';
import { audit } from './audit.ts';
import { coverage } from './coverage.ts';
import { acknowledge, reject, rollback, signOff, stop } from './decisions.ts';
import { doctor } from './doctor.ts';
import { history } from './history.ts';
import { log } from './log.ts';
import { migrate } from './migrate.ts';
import { packs } from './packs.ts';
import { plan } from './plan.ts';
import { profile } from './profile.ts';
import { makeSigningKey } from './signingKey.ts';
import { report } from './report.ts';
import { reserve } from './reserve.ts';
import { status } from './status.ts';

/** Every word behind `rewind`, in the order that help shows. */
export const commands: readonly CliCommand[] = [
  status,
  history,
  log,
  audit,
  report,
  profile,
  approve,
  acknowledge,
  reject,
  acceptFindings,
  stop,
  rollback,
  signOff,
  reserve,
  plan,
  packs,
  coverage,
  doctor,
  makeSigningKey,
  migrate,
];
