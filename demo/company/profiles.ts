/** The one fictitious company: its tenant and its code in every table (DATAAREAID). */
export const COMPANY = {
  name: 'Fabrikam Coffee',
  dataAreaId: 'fcof',
  tenantId: '7d2f1c04-5b8e-4a6d-9c31-0e8f4b7a2d65',
  region: 'westeurope',
} as const;

/** RECID of the partition `initial` in PARTITIONS: F&O gives this number to the first record of every table. */
export const INITIAL_PARTITION = 5637144576n;

export const ENVIRONMENT_NAMES = ['prod', 'uat', 'test'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

/** What tells the environments of the company apart. */
export interface Profile {
  readonly name: EnvironmentName;
  /** Share of production's generated rows. */
  readonly scale: number;
  readonly applicationRelease: string;
  readonly platformUpdate: number;
  readonly financialReportingVersion: string;
  readonly administrator: { readonly signIn: string; readonly objectId: string };
  /** User ids beside Admin and the service accounts. */
  readonly users: readonly string[];
  /** Unique customer number in CONTOSOLOYALTY: holds only where the customization is in use. */
  readonly loyaltyIsUnique: boolean;
}

/** The job that a refresh of uat releases: needs are planned there as in production. */
export const RELEASED_JOB = 'Run MRP 9';

/** Who works in production and in uat, and is let in again after a refresh of uat. */
export const RETURNING = ['EMP001', 'EMP002'] as const;

const releases = { applicationRelease: '10.0.45', platformUpdate: 69, financialReportingVersion: '10.0.45.12' };

export const PROFILES: Readonly<Record<EnvironmentName, Profile>> = {
  prod: {
    ...releases,
    name: 'prod',
    scale: 1,
    administrator: { signIn: 'admin@fabrikam.example', objectId: '1b0c52a8-0001-4000-8000-000000000001' },
    users: Array.from({ length: 60 }, (_, n) => `EMP${String(n + 1).padStart(3, '0')}`),
    loyaltyIsUnique: false,
  },
  uat: {
    ...releases,
    name: 'uat',
    scale: 0.1,
    administrator: { signIn: 'admin.uat@fabrikam.example', objectId: '1b0c52a8-0002-4000-8000-000000000002' },
    // Production has disabled the last of them.
    users: ['UATKEY1', 'UATKEY2', 'UATSALES', ...RETURNING, 'EMP010'],
    loyaltyIsUnique: false,
  },
  test: {
    ...releases,
    name: 'test',
    scale: 0.1,
    administrator: { signIn: 'admin.test@fabrikam.example', objectId: '1b0c52a8-0003-4000-8000-000000000003' },
    users: ['TESTER1', 'TESTER2'],
    loyaltyIsUnique: true,
  },
};

/** Preconfigured accounts that stay enabled in every environment (Microsoft, "Preconfigured system accounts"). */
export const SERVICE_ACCOUNTS = [
  'Axrunner',
  'DataSyncFrameworkApp',
  'DataverseSearchApp',
  'DynamicsMaintAppUser',
  'FRServiceUser',
  'MonitoringAppUser',
  'PowerPlatformApp',
  'RetailServiceAccount',
  'ScaleUnitManagement',
  'ScaleUnitPipeline',
  'SysHealthServiceUser',
  'Axping',
] as const;
