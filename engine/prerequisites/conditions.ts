import type { CheckResult } from '../contracts.ts';
import type { Condition, Situation } from './condition.ts';
import {
  capacity,
  documentsStay,
  notForReporting,
  recoveryPointReachable,
  recurringJobsSource,
  recurringJobsTarget,
  space,
  targetFree,
  targetIsSandbox,
} from './surroundings.ts';
import {
  administratorTenant,
  applicationRelease,
  financialReportingVersion,
  platformUpdate,
  sameRegion,
  sameTenant,
} from './versions.ts';

/** What must hold for production at the recovery point as much as for production now. */
const ABOUT_THE_DATA: readonly Condition[] = [
  applicationRelease,
  financialReportingVersion,
  platformUpdate,
  sameTenant,
  administratorTenant,
  recurringJobsTarget,
  targetIsSandbox,
];

/** Every condition that Microsoft's page lists for a point-in-time refresh, in the order people read them. */
const ALL: readonly Condition[] = [
  recoveryPointReachable,
  targetFree,
  targetIsSandbox,
  notForReporting,
  applicationRelease,
  financialReportingVersion,
  platformUpdate,
  sameTenant,
  administratorTenant,
  sameRegion,
  capacity,
  space,
  recurringJobsTarget,
  recurringJobsSource,
  documentsStay,
];

export const judgeAll = (situation: Situation): readonly CheckResult[] => ALL.map((condition) => condition(situation));

export const judgeCopy = (situation: Situation): readonly CheckResult[] =>
  ABOUT_THE_DATA.map((condition) => condition(situation));
