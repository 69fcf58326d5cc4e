import { type Cause, named } from './cause.ts';

const database = (otherwise: string) => (fault: Parameters<Cause['what']>[0]) => named(fault, ['database'], otherwise);

/** Databases that somebody holds, that are on their way, or that are not what they should be. */
export const databaseCauses = [
  {
    code: 'database-in-use',
    isRetryable: true,
    numbers: { '': [3101, 5030], database: [924, 1807, 3102, 3702, 5061, 5064, 5070] },
    what: (fault) => `${database('The database')(fault)} is held by another session`,
    remedy: 'It is tried again. A service that reconnects at once has to be stopped first.',
  },
  {
    code: 'database-busy',
    isRetryable: true,
    numbers: {
      '': [1222, 3023, 5034, 33_105, 33_109, 33_110, 33_115],
      database: [921, 922, 941, 952, 5059, 33_116],
      file: [5065],
    },
    what: (fault) =>
      `${named(fault, ['database', 'file'], 'The database')} is busy: being recovered, backed up, encrypted or changed`,
    remedy: 'It is tried again. If it stays so, look in sys.dm_exec_requests at who works on it, and let that end.',
  },
  {
    code: 'database-tied',
    numbers: {
      '': [3059, 3755, 5093, 5094],
      database: [957, 1468, 3104, 3709, 3743, 3752],
      object: [3724],
    },
    what: (fault) =>
      `${named(fault, ['database', 'object'], 'The database')} is tied to something: a snapshot, mirroring, an availability group, replication`,
    remedy: 'Remove it from there first; the error log of the server says from what.',
  },
  {
    code: 'database-name-taken',
    numbers: { database: [1801], 'database database': [3141] },
    what: (fault) => `A database ${database('of that name')(fault)} exists already`,
    remedy: 'Look whose it is; rename or drop it by hand.',
  },
  {
    code: 'database-unavailable',
    numbers: {
      '': [3153, 3161, 3185, 5052],
      database: [911, 926, 927, 942, 945, 954, 976, 978, 983, 3118, 5063, 5078, 9001],
    },
    what: (fault) => `${database('The database')(fault)} does not exist or cannot be opened`,
    remedy: 'Look at its state on the server (sys.databases).',
  },
  {
    code: 'data-damaged',
    numbers: { '': [605], file: [823, 824] },
    what: (fault) => `A page of the database cannot be read (${named(fault, ['file'], 'file not named')})`,
    remedy: 'Have the volume looked at and the database checked with DBCC CHECKDB, production’s as well.',
  },
  {
    code: 'integrity-check-not-run',
    numbers: { '': [1823, 7926, 7928, 7929, 7930, 8921, 8967], database: [5269], file: [5119] },
    what: (fault) =>
      `${named(fault, ['database', 'file'], 'The database')} could not be checked: that says nothing about it`,
    remedy:
      'Most often the hidden snapshot for the check has no space beside the data files, or tempdb has none. Make room and start again, or refresh without the check.',
  },
] as const satisfies readonly Cause[];
