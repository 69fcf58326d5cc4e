import { stringify } from 'yaml';
import { DEFAULT_PACKS } from '../engine/contracts.ts';
import type { Company, Sandbox } from './company/build.ts';
import type { CompanyEnvironment } from './company/home.ts';
import { COMPANY, PROFILES, RELEASED_JOB } from './company/profiles.ts';
import { idsOf, PEOPLE, TENANT_ID, terminalAccounts } from './people.ts';

export interface EnvironmentsFileParts {
  readonly company: Company;
  /** The project's own Node, for the installation's commands. */
  readonly node: string;
}

/** Of the company, where no sandbox says another one. */
export const TIME_ZONE = 'Europe/Berlin';

const FACTS = {
  applicationRelease: cell('SYSENVIRONMENTINFO', 'APPLICATIONRELEASE'),
  platformUpdate: cell('SYSENVIRONMENTINFO', 'PLATFORMUPDATE'),
  tenantId: cell('SYSENVIRONMENTINFO', 'TENANTID'),
  region: cell('SYSENVIRONMENTINFO', 'REGION'),
  financialReportingVersion: { database: 'financialReporting', table: 'CONTROLVERSION', column: 'VERSION' },
};

/** How uat comes up: with its own people, its own mail server and its own colours. */
const UAT_PROFILE = {
  users: { enable: 'as-before' },
  jobs: [
    { caption: RELEASED_JOB, company: COMPANY.dataAreaId, class: 'ReqCalcMaster' },
    { caption: 'Send statements 18', company: COMPANY.dataAreaId, class: 'CustAccountStatement' },
  ],
  settings: [{ table: 'SYSEMAILPARAMETERS', key: ['KEY_'], columns: ['SMTPRELAYSERVERNAME', 'SMTPPORTNUMBER'] }],
  features: ['Bank statements as files'],
  values: [{ table: 'SYSGLOBALCONFIGURATION', where: { NAME: 'TEMPTABLEINAXDB' }, set: { VALUE: '1' } }],
  clients: ['uat-warehouse'],
  theme: 7,
};

const RECURRING_JOBS = {
  table: 'RECURRINGDATAJOBVIEW',
  column: 'STATUS',
  // Waiting, executing, ready, cancelling: a withheld job is a stopped one.
  runningValues: [1, 2, 5, 7],
};

/** What every environment says, wherever it lies. */
const shared = ({ entry: { provider, databases, settings } }: CompanyEnvironment) => ({
  provider,
  databases,
  settings,
  facts: FACTS,
  recurringJobs: RECURRING_JOBS,
});

/** The demo's environments.yaml, as an installation would write it; passwords stand as references to variables. */
export function environmentsFile(parts: EnvironmentsFileParts): {
  readonly yaml: string;
  readonly variables: Record<string, string>;
} {
  const { company } = parts;
  const document = {
    timeZone: TIME_ZONE,
    people: PEOPLE.filter(({ may }) => may.length > 0).map((person) => ({
      id: person.aadObjectId,
      name: person.name,
      osAccounts: terminalAccounts(person),
    })),
    moments: company.moments.map(({ name, at }) => ({ name, at })),
    terminalApproval: true,
    signedReportsOnly: true,
    sources: {
      prod: shared(company.prod),
    },
    sandboxes: {
      uat: {
        ...sandbox('uat', company.uat, parts, { sources: ['prod'], cutoverWarning: '3s', synchronize: 'beside' }),
        profile: UAT_PROFILE,
      },
      test: sandbox('test', company.test, parts, {
        // Where UAT is backed up.
        sources: company.uat.entry.backups ? ['prod', 'uat'] : ['prod'],
        ...{ cutoverWarning: 0, synchronize: 'after-switch' },
      }),
    },
  };
  return {
    yaml: stringify(document, { lineWidth: 120 }),
    variables: {
      ...company.prod.entry.variables,
      ...company.uat.entry.variables,
      ...company.test.entry.variables,
    },
  };
}

function sandbox(
  name: 'uat' | 'test',
  environment: Sandbox,
  { node }: EnvironmentsFileParts,
  { sources, ...policy }: Readonly<Record<string, unknown>> & { readonly sources: readonly string[] },
) {
  const services = (verb: string) => ({
    command: node,
    args: ['demo/company/services.ts', verb, environment.folder],
    timeout: '30s',
  });
  const { backups } = environment.entry;
  return {
    ...shared(environment),
    ...(backups ? { backups: { settings: backups } } : {}),
    sources,
    capacity: '10 GB',
    requesters: idsOf('request'),
    approvers: idsOf('approve'),
    administrator: { ...PROFILES[name].administrator, tenantId: TENANT_ID },
    // Whoever types /schedule in the demo has somebody who is called.
    schedules: { onCall: idsOf('approve')[0] },
    packs: DEFAULT_PACKS,
    commands: {
      stopServices: services('stop'),
      startServices: services('start'),
      checkHealth: services('health'),
      synchronize: {
        command: node,
        args: ['demo/company/synchronize.ts', '--customizations', name === 'test' ? 'test' : 'none'],
        timeout: '1m',
        databaseUrl: true,
      },
    },
    policy: { ...policy, keepPrevious: '3d', integrityCheck: 'physical' },
  };
}

function cell(table: string, parm: string) {
  return { table, column: 'VALUE', where: { column: 'PARM', equals: parm } };
}
