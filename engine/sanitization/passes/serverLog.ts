import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Session } from '../../environments/provider.ts';
import { ask } from './facts/ask.ts';

const LARGE = 1024 ** 3;

/**
 * In SIMPLE the log of SQL Server is reused up to its last checkpoint, so that slices bound it. PostgreSQL's is bounded by
 * itself, whatever a transaction writes.
 */
export async function keepLogSmall(session: Session): Promise<void> {
  if (session.dialect !== 'mssql') return;
  const [row] = await ask(
    session,
    z.object({ bytes: z.coerce.number() }),
    'SELECT used_log_space_in_bytes AS bytes FROM sys.dm_db_log_space_usage',
  );
  if ((row?.bytes ?? 0) > LARGE) await session.maintain(CompiledQuery.raw('CHECKPOINT'));
}
