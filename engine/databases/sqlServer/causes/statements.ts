import { type Cause, named } from './cause.ts';

const principal = (otherwise: string) => (fault: Parameters<Cause['what']>[0]) =>
  named(fault, ['principal'], otherwise);

/** The server itself, and what is wrong with one statement alone. */
export const statementCauses = [
  {
    code: 'deadlock-victim',
    isRetryable: true,
    numbers: { '': [1205] },
    what: () => 'The server ended the statement to resolve a deadlock',
    remedy: 'It is tried again.',
  },
  {
    code: 'platform-busy',
    isRetryable: true,
    numbers: { '': [10_928, 10_929, 40_197, 40_501, 49_918, 49_919, 49_920], 'database text': [40_613] },
    what: (fault) => `Azure moves or limits ${named(fault, ['database'], 'the database')} for a moment`,
    remedy: 'It is tried again. If it stays so, look at the limits of its service objective, and at Azure’s status.',
  },
  {
    code: 'transaction-too-large',
    isRetryable: true,
    numbers: { '': [40_549, 40_550, 40_551, 40_552, 40_553] },
    what: () =>
      'Azure ended the session because its transaction took too long, or too much log, tempdb, memory or locks',
    remedy:
      'It is tried again, in smaller parts where there are some. If it stays so, give the copy a larger service objective.',
  },
  {
    code: 'statement-interrupted',
    isRetryable: true,
    numbers: { '': [3204] },
    what: () => 'Somebody or something on the server ended the statement',
    remedy: 'It is tried again. The error log of the server says who ended it.',
  },
  {
    code: 'server-overloaded',
    isRetryable: true,
    numbers: { '': [802, 845, 1204, 3224, 3267, 3627, 8645, 8651], text: [701] },
    what: () => 'The server lacks memory, threads or locks for the statement',
    remedy: 'It is tried again. If it stays so, look at its memory and at what else runs there.',
  },
  {
    code: 'permission-missing',
    isOfStatement: true,
    numbers: {
      '': [297, 3265, 6102, 15_247],
      database: [262, 3110],
      principal: [2571],
      'object database': [300],
      'object database object': [229],
      'principal database': [916, 7983],
    },
    what: () => 'The service lacks a right',
    remedy: 'Run `rewind doctor`; it names the right and the statement that gives it.',
  },
  {
    code: 'unknown-or-forbidden',
    isOfStatement: true,
    numbers: { '': [15_149], database: [5011], principal: [15_007], object: [1088, 3701, 15_096, 15_151, 15_165] },
    what: (fault) =>
      `${named(fault, ['database', 'principal', 'object'], 'Something that the statement names')} is not there, or the service may not see it`,
    remedy: 'Look whether it is on the server; if it is, `rewind doctor` names the right that is missing.',
  },
  {
    code: 'principal-owns-something',
    isOfStatement: true,
    numbers: { '': [15_136, 15_138, 15_141, 15_144, 15_154, 15_155, 15_183, 15_184, 15_186, 15_284, 15_421, 33_015] },
    what: () => 'A user or role owns something there, or has members, and stays',
    remedy: 'Give what it owns to another: ALTER AUTHORIZATION ON SCHEMA::… TO dbo, for instance.',
  },
  {
    code: 'principal-not-remapped',
    isOfStatement: true,
    numbers: { '': [15_063, 15_110, 15_111, 33_016, 33_017] },
    what: () =>
      'A user cannot be given this login: it never had one, one of another kind, or the login is in use there',
    remedy: 'Drop the user and create it for the login; what it owns goes to another first (ALTER AUTHORIZATION).',
  },
  {
    code: 'principal-refused',
    isOfStatement: true,
    numbers: { principal: [15_006, 15_023, 15_025, 15_401, 15_403, 15_404, 15_405, 15_410] },
    what: (fault) => `${principal('A user, role or login')(fault)} cannot be made or changed like that`,
    remedy:
      'Look whether one of that name is there, and whether the server knows the account (its domain, its logins).',
  },
  {
    code: 'option-refused',
    isOfStatement: true,
    numbers: {
      '': [5008, 5083, 5085, 5099, 33_106, 33_107, 33_108, 33_118, 33_119],
      database: [5082, 5088, 5089, 9772, 33_122],
      text: [5062, 5081],
      'text database': [5058],
    },
    what: (fault) => `An option of ${named(fault, ['database'], 'the database')} cannot be set like that`,
    remedy: 'Compare the options of target and copy in sys.databases, and set by hand what matters.',
  },
  {
    code: 'statement-refused',
    isOfStatement: true,
    numbers: {},
    what: ({ severity, text }) =>
      `The server refused a statement${severity === undefined ? '' : ` (severity ${String(severity)})`}: ${text ?? 'text withheld: it may hold data'}`,
    remedy: 'Look the number up: a constraint, a trigger or a right of the database is in the way.',
  },
] as const satisfies readonly Cause[];
