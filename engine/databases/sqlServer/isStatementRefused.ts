import { PermissionMissingError, StatementRefusedError } from './faults.ts';

/** No to this one statement: neither database nor disk nor backup is at fault. */
export const isStatementRefused = (error: unknown): error is PermissionMissingError | StatementRefusedError =>
  error instanceof PermissionMissingError || error instanceof StatementRefusedError;
