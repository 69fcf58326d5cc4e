import type { Outline } from './outline.ts';
import type { Misplaced } from './problems.ts';

type Kind = 'source' | 'sandbox';

/** What a platform says about where databases lie and whose backups they have. */
export interface PlatformFacts {
  /** Whether backups are made by the installation, which keeps them as long as it likes. */
  readonly hasOwnBackups?: boolean;
  /** Each database by its server and name, in one spelling, of settings that its schema accepts; none where it cannot be told. */
  readonly placesOf?: (kind: Kind, settings: unknown, databases: readonly string[]) => readonly string[];
  /** Of a platform that keeps sandboxes off production's servers: the server, in one spelling. */
  readonly serverOf?: (kind: Kind, settings: unknown) => string | undefined;
}

type Platforms = Readonly<Record<string, PlatformFacts>>;

/** What Microsoft's own backups reach. */
const MOST_DAYS = 30;

/** Recovery points that lie further back than a platform keeps them. */
export function retentionProblems({ sources, sandboxes }: Outline, platforms: Platforms): readonly Misplaced[] {
  const kept = [
    ...Object.entries(sources).map(([name, { provider, retentionDays }]) => ({
      ...{ path: ['sources', name, 'retentionDays'], provider, retentionDays },
    })),
    ...Object.entries(sandboxes).flatMap(([name, { provider, backups }]) =>
      backups ? [{ path: ['sandboxes', name, 'backups', 'retentionDays'], provider, ...backups }] : [],
    ),
  ];
  return kept
    .filter(({ provider, retentionDays }) => retentionDays > MOST_DAYS && platforms[provider]?.hasOwnBackups !== true)
    .map(({ path }) => ({ path, reason: `must not exceed ${String(MOST_DAYS)}`, example: String(MOST_DAYS) }));
}

/** Sandboxes whose databases are a production's by server and name. What has two names is found by its identity, at every start and in every plan. */
export function productionProblems({ sources, sandboxes }: Outline, platforms: Platforms): readonly Misplaced[] {
  const placesOf = (kind: Kind, { provider, settings, databases }: Outline['sources'][string]) =>
    platforms[provider]?.placesOf?.(kind, settings, databases) ?? [];
  const productions = Object.entries(sources).map(
    ([name, source]) => [name, new Set(placesOf('source', source))] as const,
  );
  return Object.entries(sandboxes).flatMap(([name, sandbox]) => {
    const own = placesOf('sandbox', sandbox);
    const same = productions.filter(([, places]) => own.some((place) => places.has(place)));
    return same.map(([production]) => ({
      path: ['sandboxes', name, 'databases'],
      reason: `are those of ${production} by server and name: production is never replaced`,
      example: '',
    }));
  });
}

/** Sandboxes on a server of production's, whichever source they are refreshed from. */
export function serverProblems({ sources, sandboxes }: Outline, platforms: Platforms): readonly Misplaced[] {
  const serverOf = (kind: Kind, { provider, settings }: Outline['sources'][string]) =>
    platforms[provider]?.serverOf?.(kind, settings);
  return Object.entries(sandboxes).flatMap(([name, sandbox]) => {
    const own = serverOf('sandbox', sandbox);
    const same = Object.entries(sources).filter(
      ([, source]) => own !== undefined && serverOf('source', source) === own,
    );
    return same.map(([production]) => ({
      path: ['sandboxes', name, 'settings', 'server'],
      reason: `is that of ${production}: no sandbox lies on production’s server`,
      example: '',
    }));
  });
}
