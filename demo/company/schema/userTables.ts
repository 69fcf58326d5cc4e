import { COMPANY, INITIAL_PARTITION, SERVICE_ACCOUNTS, type Profile } from '../profiles.ts';
import { listed, type Table } from './table.ts';
import { FIRST_NAMES } from './words.ts';

/** Everybody who has an account: the administrator, the accounts of the servers, and people. */
export function accountsOf({ name, administrator, users }: Profile) {
  // Guest is never enabled; every fifth person works in the second partition.
  const people = users.map((id, n) => ({
    id,
    called: `${FIRST_NAMES[n % FIRST_NAMES.length] ?? ''} Beanfield ${String(n)}`,
    // One person, one account of Entra, in whichever environment they work.
    signIn: `canary.${id.toLowerCase()}@${isEmployee(id) ? 'people' : name}.fabrikam.example`,
    isEnabled: n % 10 === 9 ? 0 : 1,
    partition: INITIAL_PARTITION + (n % 5 === 4 ? 1n : 0n),
  }));
  const all = [
    { id: 'Admin', called: 'Admin', signIn: administrator.signIn, isEnabled: 1, partition: INITIAL_PARTITION },
    { id: 'Guest', called: 'Guest', signIn: '', isEnabled: 0, partition: INITIAL_PARTITION },
    ...SERVICE_ACCOUNTS.map((id) => ({
      ...{ id, called: id, signIn: `${id}@system`, isEnabled: 1, partition: INITIAL_PARTITION },
    })),
    ...people,
  ].map((account, n) => ({ ...account, sid: `S-1-19-${name}-${String(n)}` }));
  return { all, people };
}

const ROLES = ['-SYSADMIN-', 'LedgerClerk', 'BuyingAgent', 'SalesClerk', 'WarehouseWorker', 'Treasurer', 'Auditor'];

const isEmployee = (id: string): boolean => id.startsWith('EMP');

function objectIdOf(environment: string, id: string, n: number): string {
  const [group, end] = isEmployee(id)
    ? [`1${id.slice(-3)}`, 'aa']
    : [String(n).padStart(4, '0'), ENDS[environment] ?? '00'];
  return `2c9d0000-${group}-4000-8000-0000000000${end}`;
}
const ENDS: Readonly<Record<string, string>> = { prod: 'a0', uat: 'b0', test: 'c0' };

/** Users, how they sign in, where their mail goes, and which applications may come in. */
export function userTables(profile: Profile): readonly Table[] {
  const { name, administrator } = profile;
  const provider = `https://sts.windows.net/${COMPANY.tenantId}`;
  const { all, people } = accountsOf(profile);
  // Each environment numbers its roles as it came to know them.
  const roles = name === 'prod' ? ROLES : [...ROLES, `Tester of ${name}`].toReversed();
  return [
    listed(
      'USERINFO',
      {
        ID: 'varchar(20) NOT NULL UNIQUE',
        NAME: 'varchar(40) NOT NULL',
        ENABLE: 'int NOT NULL',
        NETWORKALIAS: 'varchar(255) NOT NULL',
        NETWORKDOMAIN: 'varchar(255) NOT NULL',
        IDENTITYPROVIDER: 'varchar(255) NOT NULL',
        SID: 'varchar(124) NOT NULL',
        OBJECTID: 'varchar(60) NOT NULL',
        COMPANY: 'varchar(4) NOT NULL',
        DEFAULTPARTITION: 'int NOT NULL',
        PARTITION: 'bigint NOT NULL',
      },
      all.map(({ id, called, signIn, isEnabled, partition, sid }, n) => [
        ...[id, called, isEnabled, signIn, provider, provider, sid],
        id === 'Admin' ? administrator.objectId : objectIdOf(name, id, n),
        COMPANY.dataAreaId,
        partition === INITIAL_PARTITION ? 1 : 0,
        partition,
      ]),
    ),
    listed(
      'SYSUSERINFO',
      {
        ID: 'varchar(20) NOT NULL',
        EMAIL: 'varchar(80) NOT NULL',
        MAILER: 'varchar(10) NOT NULL',
        EVENTWORKFLOWTASKSINEMAIL: 'int NOT NULL',
        EVENTWORKFLOWALTERNATEEMAIL: 'varchar(80) NOT NULL',
        THEME: 'int NOT NULL',
      },
      people.map(({ id, signIn }, n) => [id, signIn, 'Graph', 1, n % 3 === 0 ? `canary.deputy.${signIn}` : '', 1]),
    ),
    listed(
      'SECURITYROLE',
      { AOTNAME: 'varchar(60) NOT NULL', NAME: 'varchar(60) NOT NULL' },
      roles.map((role) => [role, role === '-SYSADMIN-' ? 'System administrator' : role]),
    ),
    listed(
      'SECURITYUSERROLE',
      { USER_: 'varchar(20) NOT NULL', SECURITYROLE: 'bigint NOT NULL', ASSIGNMENTSTATUS: 'int NOT NULL' },
      all.map(({ id }, n) => {
        const role = id === 'Admin' ? '-SYSADMIN-' : (ROLES[1 + (n % (ROLES.length - 1))] ?? '');
        return [id, INITIAL_PARTITION + BigInt(roles.indexOf(role)), 1];
      }),
    ),
    listed(
      'SYSAADCLIENTTABLE',
      { AADCLIENTID: 'varchar(60) NOT NULL', USERID: 'varchar(20) NOT NULL', NAME: 'varchar(60) NOT NULL' },
      [
        [`${name}-web-shop`, 'Axrunner', `Web shop of ${name}`],
        [`${name}-warehouse`, 'Axrunner', `Warehouse robots of ${name}`],
      ],
    ),
  ];
}
