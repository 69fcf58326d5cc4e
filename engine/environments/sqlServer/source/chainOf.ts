import type { DatabaseRole, Instant, Source } from '../../../contracts.ts';
import { RecoveryPointUnreachableError } from '../../errors.ts';
import { backupFilesOf, type BackupFile } from './backupFiles.ts';
import { type Certificate, thumbprintsOf } from './certificates.ts';
import type { ChainWarning } from '../chain/chainWarnings.ts';
import { RestoreChainRefusal } from '../chain/errors.ts';
import { type ChainRequest, planRestoreChain } from '../chain/restoreChain.ts';
import { formatInstant } from '../chain/serverTime.ts';
import type { SourceHistory } from './history.ts';
import type { ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { SqlServerSource } from '../settings.ts';

export function requestFor(
  { majorVersion }: ServerFacts,
  certificates: readonly Certificate[] | undefined,
  at: Instant,
): ChainRequest {
  return {
    at: Date.parse(at),
    target: {
      ...(majorVersion === undefined ? {} : { softwareMajorVersion: majorVersion }),
      ...(certificates === undefined ? {} : { certificateThumbprints: thumbprintsOf(certificates) }),
    },
  };
}

/** Both databases stand at the very moment that was asked for and is approved, or there is no plan. */
export function chainOf(
  source: SqlServerSource,
  role: DatabaseRole,
  history: SourceHistory,
  request: ChainRequest,
): { readonly files: readonly BackupFile[]; readonly warnings: readonly ChainWarning[] } {
  try {
    const { steps, warnings, effectivePoint } = planRestoreChain(history[role], request);
    if (effectivePoint !== request.at) throw earlierOnly(source, role, request.at, effectivePoint);
    return { files: backupFilesOf(steps, source.settings), warnings };
  } catch (error) {
    if (!(error instanceof RestoreChainRefusal) || error.nearest.length === 0) throw error;
    const at = new Date(request.at).toISOString();
    throw new RecoveryPointUnreachableError(source.name, at, error.message, error.nearest);
  }
}

function earlierOnly(
  source: Source,
  role: DatabaseRole,
  asked: number,
  reached: number,
): RecoveryPointUnreachableError {
  const [at, nearest] = [formatInstant(asked), formatInstant(reached)];
  const why = `${source.databases[role]} has no log backups (simple recovery model) and reaches ${nearest}`;
  return new RecoveryPointUnreachableError(source.name, at, why, [nearest]);
}
