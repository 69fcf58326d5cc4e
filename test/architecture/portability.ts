/** Rooms and files that need not run on Windows: the demo, the proof, and the provider of the embedded default. */
const POSIX = ['demo/', 'test/', 'engine/environments/postgres/'];

interface Trait {
  readonly pattern: RegExp;
  readonly name: string;
  /** Files that do the same in another way on Windows. */
  readonly except?: readonly string[];
}

const traits: readonly Trait[] = [
  {
    name: 'a signal',
    pattern: /['"`]SIG[A-Z]+['"`]|\bprocess\.kill\(/,
    except: ['env/stopSignals.ts', 'engine/commands/runCommand.ts', 'cli/rewind.js'],
  },
  { name: 'a process group', pattern: /\bdetached:/ },
  { name: 'a user or group number', pattern: /\b(?:[gs]ete?[ug]id|uid|gid|umask)\b/ },
  { name: 'a file mode, an owner or a link', pattern: /\bl?ch(?:mod|own)\w*\(|\b(?:sym)?link(?:Sync)?\(|\bmode: 0o/ },
  {
    name: 'a path of POSIX',
    pattern: /['"`]\/(?:bin|dev|etc|opt|proc|tmp|usr|var)\b|\bposix\./,
    // Names of files on a SQL Server, whatever this machine is.
    except: ['engine/environments/sqlServer/chain/history/mediaNames.ts'],
  },
  { name: 'a shell', pattern: /\bshell: |['"`](?:ba)?sh['"`]|\bexec(?:Sync)?\b[^;]*from 'node:child_process'/ },
  // `/C:/rewind` is no path of Windows.
  { name: 'the path of a file URL without fileURLToPath()', pattern: /import\.meta\.url\)\.pathname/ },
];

/** What would not work, or mean something else, for a worker on Windows. */
export function posixTraitsOf(path: string, code: string): readonly string[] {
  if (POSIX.some((place) => path.startsWith(place))) return [];
  return traits
    .filter(({ pattern, except = [] }) => pattern.test(code) && !except.includes(path))
    .map(({ name }) => `assumes ${name}, which Windows does not have`);
}
