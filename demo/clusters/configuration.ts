export type ClusterSettings = Readonly<Record<string, string | number | boolean>>;

/** One line of pg_hba.conf: these roles may reach these databases with their passwords, from this machine only. */
export interface ClusterAccess {
  readonly databases: readonly string[];
  readonly roles: readonly string[];
}

/** The whole of postgresql.conf: what every cluster has in common, then its own. */
export function clusterConfiguration(port: number, settings: ClusterSettings = {}): string {
  const all: ClusterSettings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: 60,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',
    log_line_prefix: '%m [%p] %q%u@%d ',
    jit: false,
    // The company is made anew with every demo: a power cut may destroy it, a killed process may not.
    fsync: false,
    // Keeps segments apart from one another's content, and a copy of the folder small.
    min_wal_size: '8MB',
    ...settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} = ${quote(value)}\n`)
    .join('');
}

/** The whole of pg_hba.conf. Whoever is not named is refused. */
export function clusterAccess(superuser: string, access: readonly ClusterAccess[] = []): string {
  const lines = [{ databases: ['all'], roles: [superuser] }, ...access];
  return lines
    .map(({ databases, roles }) => `host ${databases.join(',')} ${roles.join(',')} 127.0.0.1/32 scram-sha-256\n`)
    .join('');
}

function quote(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
