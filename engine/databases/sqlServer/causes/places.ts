import { featureOf } from '../editionFeatures.ts';
import { type Cause, named } from './cause.ts';
import { describeSystemError, remedyOfSystemError } from './operatingSystem.ts';

/** Where the copy is to lie, and what its server has to have for it. */
export const placeCauses = [
  {
    code: 'disk-full',
    numbers: {
      volume: [3257],
      file: [5106, 5128, 5149],
      'database object': [1101],
      'object database object': [1105],
      'database text': [9002],
    },
    what: (fault) => `${placeOf(fault)} has too little free space`,
    remedy: 'Free space there, drop an older previous database, or name other folders in the settings of the target.',
  },
  {
    code: 'file-not-placed',
    numbers: {
      file: [3140, 3174, 3191, 3268, 4353, 5104, 5170, 5178, 5179, 5183],
      'file file': [3142, 3156, 3269],
      'file file file': [3176],
      'file database': [1834, 3234],
    },
    what: (fault) => `A file of the copy cannot be placed at ${named(fault, ['file'], 'its folder')}`,
    remedy: 'Remove the left-over file, or name other folders in the settings of the target.',
  },
  {
    code: 'file-refused-by-system',
    numbers: {
      file: [3737, 5105, 5121, 5123, 5133],
      'file text': [5120],
      'text text file': [3634],
      'text text file text': [3633],
    },
    what: (fault) =>
      `The operating system of the server refuses ${named(fault, ['file'], 'a file')}${describeSystemError(fault.osError)}`,
    remedy: ({ osError }) =>
      remedyOfSystemError(osError) ??
      'Let the service account of SQL Server create files there; the error log of the server has the words of the operating system.',
  },
  {
    code: 'edition-lacks-feature',
    numbers: { '': [1827, 1844, 33_117, 41_381], database: [932, 934], 'database object': [905, 909] },
    what: (fault) => {
      const object = named(fault, ['object'], '');
      const { feature } = featureOf(fault.number);
      return `${named(fault, ['database'], 'The database')} has ${feature}${object === '' ? '' : ` (${object})`}, which this edition does not take`;
    },
    remedy: ({ number }) => featureOf(number).remedy,
  },
  {
    code: 'filestream-off',
    numbers: { '': [5590, 5591, 5592, 5593] },
    what: () => 'The database has FILESTREAM files, and FILESTREAM is off on this server',
    remedy: 'Switch it on in SQL Server Configuration Manager and with sp_configure (filestream access level).',
  },
  {
    code: 'contained-databases-off',
    numbers: { '': [12_824] },
    what: () => 'The database is partially contained, and this server does not take contained databases',
    remedy:
      "On the target’s server: EXEC sp_configure 'contained database authentication', 1; RECONFIGURE; or have production’s containment set to NONE.",
  },
  {
    code: 'certificate-absent',
    numbers: { '': [15_581], key: [33_111] },
    what: (fault) =>
      `The server lacks the certificate or key with thumbprint ${named(fault, ['key'], '(not named)')}, or its private key`,
    remedy: 'Create it in master of the target server with CREATE CERTIFICATE … FROM FILE … WITH PRIVATE KEY.',
  },
] as const satisfies readonly Cause[];

function placeOf(fault: Parameters<Cause['what']>[0]): string {
  const volume = named(fault, ['volume'], '');
  if (volume !== '') return `Volume ${volume}`;
  const file = named(fault, ['file'], '');
  if (file !== '') return `The volume of ${file}`;
  return `The volume of ${named(fault, ['database'], 'the copy')}`;
}
