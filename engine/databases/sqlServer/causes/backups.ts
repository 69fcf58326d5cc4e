import { type Cause, named } from './cause.ts';
import { describeSystemError } from './operatingSystem.ts';

const backup = (otherwise: string) => (fault: Parameters<Cause['what']>[0]) =>
  named(fault, ['device', 'database'], otherwise);

/** The backups themselves, and whether they join. */
export const backupCauses = [
  {
    code: 'backup-unreadable',
    numbers: { device: [3201, 3203, 3206, 3221, 3229, 3230, 3271] },
    what: (fault) => `The server cannot read ${backup('a backup')(fault)}${describeSystemError(fault.osError)}`,
    remedy:
      'Let the service account of SQL Server read the file: it must exist, and its share and folder must admit that account.',
  },
  {
    code: 'backup-not-written',
    numbers: { device: [3202, 3222] },
    what: (fault) => `The server cannot write ${backup('a backup')(fault)}${describeSystemError(fault.osError)}`,
    remedy: 'Let the service account of SQL Server write there, and look at the space.',
  },
  {
    code: 'backup-url-refused',
    numbers: { '': [3220, 3225, 3288, 3289, 3290, 3291, 3292, 3293, 3294, 3297, 3298, 5152] },
    what: () => 'The server cannot read a backup behind a URL',
    remedy:
      'Create a credential named as the container’s URL, with a shared access signature that has not expired, on the target’s server.',
  },
  {
    code: 'backup-corrupt',
    numbers: {
      '': [3113, 3182, 3186, 3187, 3189, 3208],
      database: [3183, 3302, 3313, 3314, 3456],
      device: [3241, 3256, 3266, 3284, 3287],
    },
    what: (fault) => `${backup('A backup')(fault)} is damaged or incomplete`,
    remedy: 'Put an intact copy of the file back, or choose a moment that needs another backup.',
  },
  {
    code: 'not-a-backup',
    numbers: { device: [3143, 3239, 3242, 3254] },
    what: (fault) => `${backup('A file')(fault)} is no backup of SQL Server`,
    remedy: 'Put the backup back in its place.',
  },
  {
    code: 'backup-stripe-missing',
    numbers: { '': [3132], device: [3133, 3231, 3232, 3247, 3249, 3258, 3263], 'device device': [3227] },
    what: () => 'The backup has more files than are there, or other ones',
    remedy: 'Put all files of the striped backup back, and export the history again.',
  },
  {
    code: 'server-too-old',
    numbers: { '': [3169], database: [948], device: [3243, 3255] },
    what: () => 'The backup comes from a newer version of SQL Server than this server has',
    remedy: 'Use a target server of at least production’s version.',
  },
  {
    code: 'backup-of-another-database',
    numbers: { database: [3154] },
    what: () => 'The backup belongs to another database',
    remedy: 'Export the history again; two databases may share their backup files.',
  },
  {
    code: 'restore-chain-refused',
    numbers: {
      '': [3116, 3117, 3120, 3125, 3136, 3163, 3178, 4303, 4305, 4312, 4326, 4330, 4333],
      device: [3135],
      file: [3121, 4318, 4319],
    },
    what: () => 'The backups do not join: one is missing, or it is on another recovery path',
    remedy: 'Put the missing log backup back, export the history again, and plan again.',
  },
  {
    code: 'stop-point-refused',
    numbers: { '': [4327, 4335, 4338, 4341, 4343], database: [3159, 3173] },
    what: () => 'The backups cannot be stopped at the recovery point',
    remedy: 'Choose another moment: a little later, or outside a bulk-logged backup.',
  },
  {
    code: 'simple-recovery-model',
    numbers: { '': [3145, 4208] },
    what: () => 'The source is in the simple recovery model, which has no moments between backups',
    remedy: 'Choose the end of a full or differential backup, or set the source to the full recovery model.',
  },
  {
    code: 'source-not-backed-up',
    numbers: { '': [4214] },
    what: () => 'The database has no full backup that its log could follow',
    remedy: 'Take a full backup.',
  },
] as const satisfies readonly Cause[];
