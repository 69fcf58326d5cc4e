import { DatabaseError } from 'pg';
import {
  FilesBusyError,
  FilesRefusedError,
  PostgresConnectionLostError,
  PostgresDiskFullError,
  PostgresLoginRefusedError,
  PostgresStatementRefusedError,
} from './faults.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
const NETWORK = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH'],
  ...['ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'ENOTCONN'],
]);
const BUSY = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY', 'ETXTBSY', 'EIO', 'ESTALE']);
const REFUSED = new Set([
  ...['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY', 'ELOOP', 'EINVAL', 'EXDEV'],
  ...['ENAMETOOLONG', 'EFBIG'],
]);

/** What the driver says of a connection that is gone, which has no code. */
const GONE = /^(Connection terminated|timeout expired|Client (has encountered|was closed))/;

/** 08: connection; 53: resources, but for the disk; 57P: somebody ends, starts or has lost the server. */
const PASSES = /^(08|53(?!100)|57P0[1235]|40001|40P01|55P03)/;
const NO_ENTRY = /^(28|3D000)/;

/**
 * One of our errors for what disk, network and server answer; everything else as it came, a reason to stop among it. The
 * path of a file may be named, a text of the server not.
 */
export function nameFault(error: unknown, doing: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof DatabaseError) return nameServerFault(error, doing);
  const code = codeOf(error);
  const fault = { doing, code, ...('path' in error && typeof error.path === 'string' ? { path: error.path } : {}) };
  if (DISK_FULL.has(code)) return new PostgresDiskFullError(fault);
  if (NETWORK.has(code)) return new PostgresConnectionLostError(fault);
  if (BUSY.has(code)) return new FilesBusyError(fault);
  if (REFUSED.has(code)) return new FilesRefusedError(fault);
  return GONE.test(error.message) ? new PostgresConnectionLostError({ doing, code: 'connection closed' }) : error;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

function nameServerFault({ code = 'no SQLSTATE' }: DatabaseError, doing: string): Error {
  const fault = { doing, code: `SQLSTATE ${code}` };
  if (code === '53100') return new PostgresDiskFullError(fault);
  if (PASSES.test(code)) return new PostgresConnectionLostError(fault);
  return NO_ENTRY.test(code) ? new PostgresLoginRefusedError(fault) : new PostgresStatementRefusedError(fault);
}

export async function withNamedFaults<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw nameFault(error, doing);
  }
}
