import * as faults from './faults.ts';
import type { ServerFault } from './serverFault.ts';

type FaultClass = new (fault: ServerFault) => Error;

/** Numbers of sys.messages to what can be done about them. Their texts quote names of objects and nothing else. */
const classes: ReadonlyMap<number, FaultClass> = new Map(
  (
    [
      [faults.DatabaseInUseError, [924, 1807, 3101, 3102, 3702, 5030, 5061, 5064, 5070, 5075]],
      [faults.ChosenAsDeadlockVictimError, [1205, 1222]],
      [faults.BackupUnreadableError, [3201, 3202, 3203, 3229, 3271]],
      [faults.BackupCorruptError, [3182, 3183, 3186, 3187, 3189, 3241, 3256]],
      [faults.NotABackupError, [3242, 3254]],
      [faults.StripeMissingError, [3132, 3231]],
      [faults.ServerTooOldError, [3169, 948]],
      [faults.EditionLacksFeatureError, [905, 909, 932, 934, 1827, 33117, 41381]],
      [faults.FilestreamOffError, [5590, 5591, 5592, 5593]],
      [faults.CertificateAbsentError, [33111]],
      [faults.NoSpaceError, [3257, 1101, 1105, 5149, 9002]],
      [faults.PermissionMissingError, [229, 262, 297, 300, 916, 3110, 6102, 15151, 15247, 5011]],
      [faults.WrongBackupError, [3154]],
      [faults.ChainRefusedError, [3136, 4303, 4305, 4312, 4318, 4319, 4326, 4330, 4333]],
      [faults.StopPointRefusedError, [3159, 3173, 4327, 4335, 4338, 4341, 4343]],
      [faults.SimpleRecoveryError, [3145, 4208]],
      [faults.FilePlacementError, [1834, 3142, 3156, 3176, 3234, 4353, 5133, 5170]],
      [faults.DatabaseNameTakenError, [1801, 3141]],
      [faults.DatabaseUnavailableError, [911, 927, 942, 3118, 3153]],
      [faults.SourceNotBackedUpError, [4214]],
    ] as const
  ).flatMap(([fault, numbers]) => numbers.map((number): [number, FaultClass] => [number, fault])),
);

/**
 * Errors that say only that something went wrong. 3167 comes first of all when a restored database cannot be started, and
 * the cause behind it (905, 909), with 933 after that.
 */
const tails: ReadonlySet<number> = new Set([933, 1750, 3013, 3119, 3167, 3727, 4060, 5069]);

export const isKnownNumber = (number: number): boolean => classes.has(number);

export interface Said {
  readonly number?: number;
  readonly state?: unknown;
  readonly message: string;
}

/** The first error that is a cause; RESTORE and ALTER DATABASE end with one that is not. */
export function causeAmong(errors: readonly Said[]): Said | undefined {
  return errors.find(({ number }) => number !== undefined && !tails.has(number)) ?? errors[0];
}

export function faultOf(said: Said, { server, doing }: Pick<ServerFault, 'server' | 'doing'>): ServerFault {
  const number = said.number ?? 0;
  const osError = /[Oo]perating system error (\d+)/.exec(said.message)?.[1];
  return {
    number,
    state: Number(said.state ?? 0),
    server,
    doing,
    objects: isKnownNumber(number) ? quotedIn(said.message) : [],
    ...(osError === undefined ? {} : { osError: Number(osError) }),
  };
}

/** @returns an error whose message names cause, object and remedy; the server's own text is left behind. */
export function classify(fault: ServerFault): Error {
  const FaultOf = classes.get(fault.number) ?? faults.StatementRefusedError;
  return new FaultOf(fault);
}

const quotedIn = (text: string): string[] =>
  [...text.matchAll(/'([^']+)'|"([^"]+)"/g)].map(([, single, double]) => single ?? double ?? '');
