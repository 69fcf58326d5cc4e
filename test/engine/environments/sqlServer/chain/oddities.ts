import * as fc from 'fast-check';
import { aFamily, lsn } from './aBackup.ts';
import type { Row } from './aBackup.ts';
import type { Commit, Content, SimulatedSource } from './sourceSimulator.ts';

const simple = ['toNowhere', 'overwrite', 'rename', 'oddRow'] as const;
const structural = ['none', 'lag', 'farReplica', 'jump', 'twin'] as const;

/** What other people's histories have and a healthy one has not. */
export interface Oddities {
  readonly simple: readonly { readonly kind: (typeof simple)[number]; readonly pick: number }[];
  readonly structural: (typeof structural)[number];
  readonly pick: number;
}

export const oddities: fc.Arbitrary<Oddities> = fc.record({
  simple: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ kind: fc.constantFrom(...simple), pick: fc.nat(999) }), { maxLength: 3 }),
    },
  ),
  structural: fc.constantFrom(...structural, 'none' as const, 'none' as const),
  pick: fc.nat(999),
});

/** A source whose history is odd; `twinTruthAt` tells what a second database of the same fork held, where there is one. */
export interface OddSource extends SimulatedSource {
  readonly twinTruthAt?: (at: number) => readonly number[];
}

export function makeOdd(source: SimulatedSource, { simple: kinds, structural: kind, pick }: Oddities): OddSource {
  let odd: OddSource = source;
  for (const one of kinds.toSorted(
    (left, right) => Number(left.kind === 'overwrite') - Number(right.kind === 'overwrite'),
  )) {
    // Which replica took what is told by rows that must then be there.
    if (one.kind === 'oddRow' && (kind !== 'none' || source.rows.length <= kinds.length)) continue;
    // Which of two empty log backups came last, a wrong clock tells wrongly and their LSNs not at all.
    if (one.kind === 'overwrite' && kind === 'jump') continue;
    odd = simply[one.kind](odd, one.pick);
  }
  return kind === 'none' ? odd : structurally[kind](odd, pick);
}

type Change = (source: OddSource, pick: number) => OddSource;

const nowheres = ['NUL', 'nul:', '\\\\.\\NUL', 'C:\\backup\\NUL.trn', '/dev/null', ' Nul '];
const oddColumns: readonly Row[] = [
  { time_zone: 99 },
  { time_zone: -127 },
  { family_count: null },
  { first_lsn: null },
  { backup_start_date: '1900-01-01T00:00:00' },
  { backup_finish_date: '2026-10-01T00:00:00' },
  { backup_finish_date: null },
  { families: null },
];

const simply: Record<(typeof simple)[number], Change> = {
  toNowhere: (source, pick) => change(source, pick, { families: [aFamily(nowheres[pick % nowheres.length] ?? '')] }),
  oddRow: (source, pick) => {
    const more = oddColumns[pick % oddColumns.length] ?? {};
    const changed = change(source, pick, more);
    const uuid = String(source.rows[pick % source.rows.length]?.['backup_set_uuid']);
    return 'time_zone' in more || 'backup_start_date' in more || 'backup_finish_date' in more
      ? { ...changed, contents: source.contents }
      : without(changed, uuid);
  },
  overwrite: (source, pick) => {
    const first = pick % source.rows.length;
    const second = first + 1 + (pick % 5);
    // Each of them in a file of its own so far.
    const isPlain = (place: number) => {
      const { backup_set_uuid: uuid, position } = source.rows[place] ?? {};
      return source.contents.has(String(uuid)) && position === undefined;
    };
    if (!isPlain(first) || !isPlain(second)) return source;
    const families = [aFamily(`\\\\nas\\sql\\${String(first)}.bak`)];
    const rows = source.rows.map((row, index) =>
      index === first || index === second ? { ...row, families, position: 1 } : row,
    );
    return without({ ...source, rows }, String(rows[first]?.['backup_set_uuid']));
  },
  rename: (source, pick) => ({
    ...source,
    rows: source.rows.map((row, index) =>
      index <= pick % source.rows.length ? { ...row, database_name: 'AxDB_GOLIVE' } : row,
    ),
  }),
};

/** What nobody can read any more: whoever plans with it yields nothing of it. */
function without(source: OddSource, uuid: string): OddSource {
  return { ...source, contents: new Map([...source.contents].filter(([one]) => one !== uuid)) };
}

function change(source: OddSource, pick: number, more: Row): OddSource {
  const place = pick % source.rows.length;
  const rows = source.rows.map((row, index) => (index === place ? { ...row, ...more } : row));
  return without({ ...source, rows }, String(rows[place]?.['backup_set_uuid']));
}

const minute = 60_000;
const lsnOf = (row: Row | undefined, column: string) => Number(String(row?.[column]).slice(4, -5));
const isOn = (one: Row, other: Row) =>
  one['first_recovery_fork_guid'] === other['last_recovery_fork_guid'] &&
  one['last_recovery_fork_guid'] === other['last_recovery_fork_guid'];
const isPlainLog = (row: Row) =>
  row['type'] === 'L' && row['is_copy_only'] !== true && row['first_lsn'] !== row['last_lsn'];
const startOf = (row: Row) =>
  Date.parse(`${String(row['backup_start_date'])}Z`) - Number(row['time_zone']) * 15 * minute;

const structurally: Record<Exclude<Oddities['structural'], 'none'>, Change> = {
  lag: (source, pick) => {
    const pairs = joinedLogs(source, pick);
    const [first, second] = pairs[pick % Math.max(1, pairs.length)] ?? [];
    if (first === undefined || second === undefined) return source;
    const from = startOf(first) - 50 * minute;
    const late = contentOf(source, first).filter(({ at }) => at > from);
    const cut = late[0]?.lsn;
    if (cut === undefined || cut <= lsnOf(first, 'first_lsn')) return source;
    const contents = new Map(source.contents)
      .set(String(first['backup_set_uuid']), { commits: contentOf(source, first).filter(({ at }) => at <= from) })
      .set(String(second['backup_set_uuid']), { commits: [...late, ...contentOf(source, second)] });
    const rows = source.rows.map((row) =>
      row === first
        ? { ...row, last_lsn: lsn(cut), server_name: 'SQL5' }
        : row === second
          ? { ...row, first_lsn: lsn(cut) }
          : row,
    );
    return { ...source, rows, contents };
  },

  farReplica: (source) => {
    if (!isOneServer(source)) return source;
    // A full backup of the primary comes first, or nobody could tell who is one.
    const first = source.rows[0];
    if (
      first?.['type'] !== 'D' ||
      first['is_copy_only'] === true ||
      new Set(source.rows.map((row) => row['last_recovery_fork_guid'])).size > 1
    )
      return source;
    const rows = source.rows.map((row) =>
      row['type'] === 'L'
        ? { ...shifted(row, 180), server_name: 'SQL5', time_zone: Number(row['time_zone']) + 12 }
        : row,
    );
    return { ...source, rows };
  },

  jump: (source, pick) => {
    const logs = source.rows.filter(isPlainLog);
    const place = 1 + (pick % Math.max(1, logs.length - 3));
    const [, jumped, ...after] = logs.slice(place - 1);
    const before = jumped && source.rows[source.rows.indexOf(jumped) - 1];
    if (jumped === undefined || before === undefined || after.length < 2 || !isOneServer(source)) return source;
    if (new Set(source.rows.map((row) => row['last_recovery_fork_guid'])).size > 1) return source;
    const day = 24 * 60;
    const isAhead = ({ at }: Commit) => at > startOf(before);
    // One object per commit: a copy knows by it what it holds already.
    const ahead = new Map(
      contentOf(source, jumped)
        .filter(isAhead)
        .map((commit) => [commit, { ...commit, local: commit.local + day * minute }]),
    );
    const contents = new Map(
      [...source.contents].map(([uuid, { commits }]): [string, Content] => [
        uuid,
        { commits: commits.map((commit) => ahead.get(commit) ?? commit) },
      ]),
    );
    return { ...source, contents, rows: source.rows.map((row) => (row === jumped ? shifted(row, day) : row)) };
  },

  twin: (source, pick) => {
    const pairs = joinedLogs(source, pick);
    const [first, second] = pairs[pick % Math.max(1, pairs.length)] ?? [];
    if (first === undefined || second === undefined) return source;
    return addTwin(source, first, second, pick);
  },
};

/** Detached while `second` was being filled, copied, attached elsewhere: two log backups of its own. */
function addTwin(source: OddSource, first: Row, second: Row, pick: number): OddSource {
  const shared = contentOf(source, second).slice(0, pick % 3);
  const from = pick % 2 === 0 ? lsnOf(second, 'first_lsn') : (shared.at(-1)?.lsn ?? lsnOf(second, 'first_lsn'));
  const parted = (shared.at(-1)?.lsn ?? from - 1) + 1;
  const begin = shared.at(-1)?.at ?? startOf(first);
  const own = [1, 2, 3, 4].map((step): Commit => {
    const at = begin + step * 7 * minute;
    // Between the LSNs of production: of two databases they are never the same.
    return { id: -step, lsn: parted + step - 0.5, at, local: at + Number(second['time_zone']) * 15 * minute };
  });
  const logOf = (name: string, low: string, high: number, start: number): Row => {
    const local = new Date(start + Number(second['time_zone']) * 15 * minute).toISOString().slice(0, 19);
    const times = { backup_start_date: local, backup_finish_date: local, last_valid_restore_time: null };
    const file = {
      backup_set_uuid: name,
      families: [aFamily(`${name}.trn`)],
      server_name: 'SQL8',
      has_bulk_logged_data: false,
    };
    return {
      ...second,
      ...file,
      ...times,
      first_lsn: low,
      last_lsn: twinLsn(high),
      first_recovery_fork_guid: second['last_recovery_fork_guid'],
    };
  };
  const [, two, , four] = own;
  if (two === undefined || four === undefined) return source;
  const rows = [
    ...source.rows,
    logOf('twin1', lsn(from), two.lsn, two.at + minute),
    logOf('twin2', twinLsn(two.lsn), four.lsn, four.at + minute),
  ];
  const contents = new Map(source.contents)
    .set('twin1', { commits: [...shared.filter((commit) => commit.lsn >= from), ...own.slice(0, 2)] })
    .set('twin2', { commits: own.slice(2) });
  const before = (at: number) => source.truthAt(Math.min(at, begin));
  return {
    ...source,
    rows,
    contents,
    twinTruthAt: (at) => [...before(at), ...own.filter((one) => one.at <= at).map(({ id }) => id)],
  };
}

const twinLsn = (value: number) => lsn(Math.floor(value)).replace(/00001$/, '50001');

function shifted(row: Row, minutes: number): Row {
  const move = (column: string) => {
    const value = row[column];
    return typeof value === 'string'
      ? new Date(Date.parse(`${value}Z`) + minutes * minute).toISOString().slice(0, 19)
      : value;
  };
  const columns = ['backup_start_date', 'backup_finish_date', 'last_valid_restore_time'];
  return { ...row, ...Object.fromEntries(columns.map((column) => [column, move(column)])) };
}

const contentOf = (source: OddSource, row: Row): readonly Commit[] =>
  source.contents.get(String(row['backup_set_uuid']))?.commits ?? [];

/** One server in one zone took everything. */
const isOneServer = ({ rows }: OddSource): boolean =>
  rows.every(
    (row) =>
      row['server_name'] === 'SQL1' && row['time_zone'] === rows[0]?.['time_zone'] && Number(row['time_zone']) < 57,
  );

/** Log backups that follow one another on one fork, behind a full backup of the primary. */
function joinedLogs(source: OddSource, _pick: number): readonly (readonly [Row, Row])[] {
  if (!isOneServer(source)) return [];
  const logs = source.rows.filter(isPlainLog);
  return logs.flatMap((first, index) => {
    const second = logs[index + 1];
    const isBehind = source.rows.some(
      (row) =>
        row['type'] === 'D' &&
        row['is_copy_only'] !== true &&
        isOn(row, first) &&
        lsnOf(row, 'last_lsn') <= lsnOf(first, 'last_lsn'),
    );
    const joins =
      second !== undefined && isOn(first, first) && isOn(second, first) && second['first_lsn'] === first['last_lsn'];
    return joins && isBehind && contentOf(source, first).length > 0 && contentOf(source, second).length > 0
      ? [[first, second] as const]
      : [];
  });
}
