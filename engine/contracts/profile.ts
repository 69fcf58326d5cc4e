/** How a sandbox comes up after a refresh: `profile:` of its part of environments.yaml. What it does not name stays as the packs leave it. */
export interface Profile {
  readonly users?: {
    /** Ids of USERINFO, or everybody whom the sandbox itself had enabled when the plan was made. */
    readonly enable: 'as-before' | readonly string[];
    /** Who of them gets back roles that administer the system or its security. */
    readonly administrators: readonly string[];
    /** Further roles that nobody else gets back, by their AOT names. */
    readonly privilegedRoles: readonly string[];
  };
  readonly jobs?: readonly ProfileJob[];
  readonly settings?: readonly ProfileSetting[];
  readonly values?: readonly ProfileValue[];
  /** Names of features that are on or off as in the sandbox; all others follow the source. */
  readonly features?: readonly string[];
  /** Registered applications of the sandbox that come back, by their client ids. */
  readonly clients?: readonly string[];
  /** Endpoints of business events of the sandbox that come back, by their names. */
  readonly endpoints?: readonly string[];
  /** The number of the client's colours, for every user. */
  readonly theme?: number;
  /** The pictures of the companies as the sandbox has them. */
  readonly banner?: 'from-sandbox';
  /** How long the list for operators is kept: who was enabled in the sandbox before, and what became of it. */
  readonly listKeptMs: number;
}

/** One batch job that is released. */
export interface ProfileJob {
  readonly caption: string;
  readonly company: string;
  /** Of its tasks: their class, by name. */
  readonly class: string;
}

/** Columns that the rows of the copy take over from the sandbox's rows with the same natural key. */
export interface ProfileSetting {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Values that this environment has whatever the source has. */
export interface ProfileValue {
  readonly table: string;
  readonly where: Readonly<Record<string, string | number>>;
  readonly set: Readonly<Record<string, string | number>>;
}

/**
 * Tables, by the beginning of their names, that no setting and no value of a profile writes: who may do what, which jobs run, and who may
 * come in have parts of their own; number sequences follow the source, whose documents they have numbered.
 */
export const NOT_FOR_SETTINGS = [
  ...['USERINFO', 'USERGROUP', 'SECURITY', 'OMUSERROLE', 'SYSSECURITY', 'SYSAADCLIENT', 'BUSINESSEVENTS'],
  ...[
    'BATCH',
    'NUMBERSEQUENCE',
    'FEATUREMANAGEMENT',
    'SYSUSERLOG',
    'SYSDATABASELOG',
    'SQLSYSTEMVARIABLES',
    'CLASSIDTABLE',
  ],
] as const;

export const PROFILE_PARTS = [
  'users',
  'roles',
  'jobs',
  'clients',
  'endpoints',
  'settings',
  'features',
  'values',
  'theme',
  'banner',
] as const;
export type ProfilePart = (typeof PROFILE_PARTS)[number];

/** How much of one part is done, and how much is left as the packs leave it. Numbers alone: who it is stands in the operators' list. */
export interface ProfileLine {
  readonly part: ProfilePart;
  readonly done: number;
  readonly left: number;
}
