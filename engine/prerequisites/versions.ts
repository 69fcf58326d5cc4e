import type { FactName } from '../contracts.ts';
import { basisOf, blocked, compareVersions, defineCondition, passed, warning, type Situation } from './condition.ts';

/** The oldest platform update that Microsoft's page refuses. */
const LAST_REFUSED_PLATFORM_UPDATE = 20;

const both = ({ sourceFacts, targetFacts }: Situation, name: FactName) => ({
  source: sourceFacts[name],
  target: targetFacts[name],
});

const unknown = (what: string) =>
  warning('not-applicable', 'Not known', `Name ${what} of both environments in environments.yaml (facts).`);

export const applicationRelease = defineCondition(
  'application-release',
  { holds: 'Same application release', otherwise: 'Application release' },
  (situation) => {
    const { source, target } = both(situation, 'applicationRelease');
    if (!source || !target) return unknown('the application release');
    const basis = basisOf(source, target);
    if (compareVersions(source.value, target.value) === 0) return passed(basis, `${source.value} on both`);
    const remedy =
      compareVersions(source.value, target.value) > 0
        ? 'Upgrade the target first, or deallocate, delete and redeploy it, then refresh.'
        : 'Refresh before upgrading the target: an older production cannot be restored into a newer sandbox.';
    return blocked(basis, `${source.value} in the source, ${target.value} in the target`, remedy);
  },
);

export const financialReportingVersion = defineCondition(
  'financial-reporting-version',
  { holds: 'Financial Reporting not older in the target', otherwise: 'Version of Financial Reporting' },
  (situation) => {
    const { source, target } = both(situation, 'financialReportingVersion');
    if (!source || !target) return unknown('the Financial Reporting version (MRApplicationService)');
    const basis = basisOf(source, target);
    const detail = `${source.value} in the source, ${target.value} in the target`;
    return compareVersions(target.value, source.value) >= 0
      ? passed(basis, detail)
      : blocked(basis, detail, 'Update both environments so that they have the latest version of Financial Reporting.');
  },
);

export const platformUpdate = defineCondition(
  'platform-update',
  { holds: 'Platform update newer than 20', otherwise: 'Platform update' },
  (situation) => {
    const { source, target } = both(situation, 'platformUpdate');
    if (!source || !target) return unknown('the platform update');
    const basis = basisOf(source, target);
    const oldest = Math.min(Number(source.value), Number(target.value));
    const detail = `${source.value} in the source, ${target.value} in the target`;
    return oldest > LAST_REFUSED_PLATFORM_UPDATE
      ? passed(basis, detail)
      : blocked(basis, detail, 'Update the environment to a supported platform update first.');
  },
);

export const sameTenant = defineCondition('same-tenant', { holds: 'Same tenant', otherwise: 'Tenant' }, (situation) => {
  const { source, target } = both(situation, 'tenantId');
  if (!source || !target) return unknown('the tenant');
  const basis = basisOf(source, target);
  return source.value.toLowerCase() === target.value.toLowerCase()
    ? passed(basis, 'Source and target belong to one tenant')
    : blocked(
        basis,
        'Source and target belong to different tenants',
        'An environment cannot be refreshed from one tenant to another.',
      );
});

export const administratorTenant = defineCondition(
  'administrator-tenant',
  { holds: 'Administrator from the same tenant', otherwise: 'Tenant of the administrator' },
  (situation) => {
    const { source } = both(situation, 'tenantId');
    const { administrator } = situation.target;
    if (!source) return unknown('the tenant');
    return source.value.toLowerCase() === administrator.tenantId.toLowerCase()
      ? passed('declared', 'The target’s administrator belongs to the source’s tenant')
      : blocked(
          'declared',
          'The target’s administrator belongs to another tenant',
          'Name an administrator of the source’s tenant in environments.yaml.',
        );
  },
);

export const sameRegion = defineCondition('same-region', { holds: 'Same region', otherwise: 'Region' }, (situation) => {
  const { source, target } = both(situation, 'region');
  if (!source || !target) return unknown('the region');
  const basis = basisOf(source, target);
  return source.value.toLowerCase() === target.value.toLowerCase()
    ? passed(basis, source.value)
    : blocked(
        basis,
        `${source.value} and ${target.value}`,
        'The databases must be hosted in the same Azure geographic region.',
      );
});
