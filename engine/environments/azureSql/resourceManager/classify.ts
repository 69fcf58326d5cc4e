import {
  AzureBusyError,
  AzureQuotaError,
  AzureRefusalError,
  AzureRightMissingError,
  AzureTokenRefusedError,
  type Refusal,
} from './errors.ts';

/** Of the tables of errors in the description of the interface: what passes by itself, and what only a person can change. */
const PASSES = new Set([
  'TooManyRequests',
  'SubscriptionTooManyCreateUpdateRequests',
  'SubscriptionTooManyRequests',
  'ConflictingDatabaseOperation',
  'ConflictingSystemOperationInProgress',
  'OperationTimedOut',
  'OperationInterrupted',
  'ActivateOrDeactivateWorkflowThrottling',
  'RequestTimeout',
  'UpdateSloInProgress',
  'SkuAssignmentInProgress',
  'TargetElasticPoolBeingUpdated',
  'DatabaseCopyLimitPerReplicaReached',
  'DatabaseUnavailable',
]);

const QUOTAS = new Set([
  'ServerDtuQuotaExceeded',
  'ElasticPoolOverStorageUsage',
  'ElasticPoolOverFileSpace',
  'ElasticPoolDatabaseCountOverLimit',
  'RegionDoesNotAllowProvisioning',
  'ProvisioningDisabled',
]);

/** One of our errors for an answer that is none of success. */
export function errorOf(refusal: Refusal): Error {
  const { status, code, doing } = refusal;
  if (status === 401) return new AzureTokenRefusedError(doing);
  if (QUOTAS.has(code)) return new AzureQuotaError(refusal);
  if (status === 403) return new AzureRightMissingError(refusal);
  if (PASSES.has(code) || status === 408 || status === 429 || status >= 500) return new AzureBusyError(refusal);
  // A conflict without a word that is known: an export or import goes on, often right behind a copy.
  if (status === 409 && code !== 'ScopeLocked') return new AzureBusyError(refusal);
  return new AzureRefusalError(refusal);
}

/** Whether a failed operation may fare better when it is begun again. */
export const mayPass = (failure: string): boolean => PASSES.has(failure);

export const isRefusal = (error: unknown, status: number): boolean =>
  (error instanceof AzureRefusalError || error instanceof AzureBusyError) && error.refusal.status === status;
