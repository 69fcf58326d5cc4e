import { COMPANY, INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, listed, type Table } from './table.ts';
import { customerMail, oneOf } from './words.ts';

/** What the company's jobs are called, and the class that carries each out. */
const JOBS = [
  ['Post invoices', 'SalesFormLetterBatch'],
  ['Run MRP', 'ReqCalcMaster'],
  ['Send statements', 'CustAccountStatement'],
  ['Close stock', 'InventCostClosing'],
] as const;
const FIRST_CLASS = 4000;

/** BatchStatus: Withhold 0, Waiting 1, Executing 2, Error 3, Ended 4, Ready 5, Didn't run 6, Canceling 7, Canceled 8. */
export function batchTables({ name, scale }: Profile): readonly Table[] {
  const isProduction = name === 'prod';
  const statusOf = (job: string) => (isProduction ? oneOf([1, 2, 5, 7, 4, 3, 1, 0], job) : '0');
  const history = (rows: number) => Math.round(rows * scale);
  // A packed container, as F&O keeps what somebody has entered in a dialog.
  const parameters = { bytesOf: `concat('statements to ', ${customerMail(name, 'g')})` };
  return [
    generated(
      'BATCHJOB',
      Math.max(40, history(160)),
      {
        CAPTION: [
          'varchar(255) NOT NULL',
          `CASE WHEN g % 20 = 0
                THEN concat('Recurring data job: ', ${oneOf(['import bank statements', 'export prices', 'import web orders'], 'g / 20')})
                ELSE concat(${oneOf(
                  JOBS.map(([caption]) => caption),
                  'g',
                )}, ' ', g) END`,
        ],
        COMPANY: ['varchar(4) NOT NULL', `'${COMPANY.dataAreaId}'`],
        STATUS: ['int NOT NULL', statusOf('g')],
        EXECUTINGBY: ['varchar(20) NOT NULL', `'Axrunner'`],
        STARTDATETIME: ['timestamp NOT NULL', { after: '2026-11-01', minutes: 'g * 7' }],
      },
      { isPerCompany: false },
    ),
    generated('BATCH', Math.max(80, history(320)), {
      BATCHJOBID: ['bigint NOT NULL', `${INITIAL_PARTITION} + (g - 1) / 2`],
      CAPTION: ['varchar(255) NOT NULL', `concat('Task ', g)`],
      CLASSNUMBER: ['int NOT NULL', `${String(FIRST_CLASS)} + ((g - 1) / 2 + 1) % ${String(JOBS.length)}`],
      STATUS: ['int NOT NULL', statusOf('(g - 1) / 2')],
      GROUPID: ['varchar(40) NOT NULL', `'${name}-group'`],
      PARAMETERS: ['bytea', parameters],
      INFO: ['bytea', { bytesOf: `CASE WHEN g % 4 = 0 THEN concat('sent to ', ${customerMail(name, 'g')}) END` }],
    }),
    listed(
      'CLASSIDTABLE',
      { ID: 'int NOT NULL', NAME: 'varchar(80) NOT NULL' },
      JOBS.map(([, name], n) => [FIRST_CLASS + n, name]),
    ),
    generated(
      'BATCHJOBHISTORY',
      history(4000),
      {
        CAPTION: ['varchar(255) NOT NULL', `concat('${name} run ', g)`],
        STATUS: ['int NOT NULL', '4'],
        STARTDATETIME: ['timestamp NOT NULL', { after: '2026-10-01', minutes: 'g * 9' }],
      },
      { isPerCompany: false },
    ),
    generated(
      'BATCHHISTORY',
      history(8000),
      {
        BATCHJOBHISTORYID: ['bigint NOT NULL', `${INITIAL_PARTITION} + (g - 1) / 2`],
        CAPTION: ['varchar(255) NOT NULL', `concat('Task ', g % 320)`],
        STATUS: ['int NOT NULL', '4'],
        SERVERID: ['varchar(64) NOT NULL', `concat('${name}-AOS-', 1 + g % 2)`],
        PARAMETERS: ['bytea', parameters],
      },
      { isPerCompany: false },
    ),
    generated(
      'BATCHCONSTRAINTSHISTORY',
      history(1500),
      {
        BATCHID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g`],
        DEPENDSONBATCHID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
        EXPECTEDSTATUS: ['int NOT NULL', '4'],
      },
      { isPerCompany: false },
    ),
  ];
}
