import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Command, CommandName, Installation, Sandbox, ScheduleRules, Source } from '../engine/contracts.ts';
import { crossProblems } from './crossProblems.ts';
import { productionProblems, retentionProblems, serverProblems, type PlatformFacts } from './backupProblems.ts';
import { exampleOf } from './examples.ts';
import { resolveRoles } from './groups.ts';
import { outlineOf, type Outline } from './outline.ts';
import { installationSchema, type CommandDocument, type InstallationDocument } from './installationSchema.ts';
import { readDocument, type ReadDocument } from './places.ts';
import {
  ConfigurationError,
  notReadable,
  notYaml,
  problemsOf,
  textOf,
  type Misplaced,
  type Problem,
} from './problems.ts';
import { readText } from './readText.ts';
import { resolveReferences } from './secrets.ts';

/** What a provider asks of `settings:`, per kind of environment. */
export interface SettingsSchemas extends PlatformFacts {
  readonly source: z.ZodType;
  readonly sandbox: z.ZodType;
}

export interface LoadedInstallation {
  readonly installation: Installation;
  readonly serves: readonly string[];
  /** Of the file's text, so that two processes can be compared. */
  readonly version: string;
  /** Values that came from environment variables, and passwords that stand in the file, for the scrubber. */
  readonly secrets: readonly string[];
  /** What works and should not stay so. */
  readonly remarks: readonly Problem[];
}

/**
 * Reads environments.yaml. The bot hands in no providers: it needs names, roles and policies, and gets no credential.
 * @throws ConfigurationError with every problem at once
 */
export function loadInstallation(
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
  providers: Readonly<Record<string, SettingsSchemas>> | 'names-only',
): LoadedInstallation {
  const text = textIn(file);
  const document = readYaml(file, text);
  const { value, secrets, problems: missing, remarks } = resolveReferences(document.value, variables);
  const parsed = installationSchema.safeParse(value);
  const outline = outlineOf(value);
  const settings =
    providers === 'names-only'
      ? []
      : [
          ...settingsProblems(outline, providers),
          ...[retentionProblems, productionProblems, serverProblems].flatMap((of) => of(outline, providers)),
        ];
  const isMissing = ({ path }: Misplaced) => missing.some((one) => textOf(one.path) === textOf(path));
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, [], exampleOf)),
    ...crossProblems(outline),
    // What an empty text is not is no news where the text is a variable that is not set.
    // What receivers over the web are signed with, only the bot needs, and it goes on without: `rewind doctor --bot` says so.
    ...(providers === 'names-only'
      ? []
      : [
          ...onePerVariable(missing.filter(({ path }) => path[0] !== 'webhooks')),
          ...settings.filter((one) => !isMissing(one)),
        ]),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(file, placed(problems, document));
  const installation = toInstallation(parsed.data, providers);
  return {
    installation,
    version: createHash('sha256').update(text).digest('hex').slice(0, 12),
    secrets,
    remarks: placed(remarks, document),
    serves: parsed.data.serves ?? installation.sandboxes.map((sandbox) => sandbox.name),
  };
}

function textIn(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw notReadable(file, error, 'env/environments.example.yaml');
  }
}

function readYaml(file: string, text: string): ReadDocument {
  const document = readDocument(text);
  if (document.errors.length > 0) throw notYaml(file, document.errors);
  return document;
}

/** In the order of the file, so that it can be mended from top to bottom. */
function placed(problems: readonly Misplaced[], { placeOf }: ReadDocument): readonly Problem[] {
  return problems
    .map(({ path, standsAt, reason, example }) => {
      const place = textOf(path) || 'the file';
      return { ...placeOf(standsAt ?? path), place, reason, example };
    })
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** A variable that is used in many places is set in one. */
function onePerVariable(missing: readonly Misplaced[]): readonly Misplaced[] {
  const places = Map.groupBy(missing, ({ reason }) => reason);
  return [...places.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const more = others.length === 0 ? '' : `; it is used in ${String(others.length)} more places`;
    return [{ ...first, reason: `${first.reason}${more}` }];
  });
}

type Providers = Readonly<Record<string, SettingsSchemas>>;

/** Every provider judges the settings of its own environments. */
function settingsProblems({ sources, sandboxes }: Outline, providers: Providers): readonly Misplaced[] {
  const judge = (
    kind: 'source' | 'sandbox',
    path: readonly string[],
    { provider, settings }: Pick<Outline['sources'][string], 'provider' | 'settings'>,
  ): readonly Misplaced[] => {
    // Said already: the key is missing.
    if (provider === '') return [];
    const schema = providers[provider]?.[kind];
    if (!schema) {
      const example = Object.keys(providers).join(' or ');
      return [{ path: [...path, 'provider'], reason: `there is no provider “${provider}”`, example }];
    }
    const parsed = schema.safeParse(settings);
    return parsed.success ? [] : problemsOf(parsed.error, [...path, 'settings'], exampleOf);
  };
  return [
    ...Object.entries(sources).flatMap(([name, source]) => judge('source', ['sources', name], source)),
    ...Object.entries(sandboxes).flatMap(([name, sandbox]) => judge('sandbox', ['sandboxes', name], sandbox)),
    ...Object.entries(sandboxes).flatMap(([name, { provider, backups }]) =>
      backups ? judge('source', ['sandboxes', name, 'backups'], { provider, settings: backups.settings }) : [],
    ),
  ];
}

function toInstallation(document: InstallationDocument, providers: Providers | 'names-only'): Installation {
  const settingsOf = (kind: 'source' | 'sandbox', { provider, settings }: { provider: string; settings?: unknown }) =>
    providers === 'names-only' ? undefined : providers[provider]?.[kind].parse(settings);
  const sources = Object.entries(document.sources).map(([name, { capacity, ...source }]): Source => ({
    ...source,
    name,
    kind: 'production',
    title: source.title ?? name.toUpperCase(),
    timeZone: source.timeZone ?? document.timeZone,
    capacityBytes: capacity,
    settings: settingsOf('source', source),
  }));
  const sandboxes = Object.entries(document.sandboxes).map(([name, entry]): Sandbox => {
    const { capacity, commands, policy, schedules, backups: _, ...sandbox } = entry;
    return {
      ...sandbox,
      ...resolveRoles(sandbox, document.groups),
      packs: packsOf(sandbox),
      name,
      kind: 'sandbox',
      title: sandbox.title ?? name.toUpperCase(),
      timeZone: sandbox.timeZone ?? document.timeZone,
      capacityBytes: capacity,
      settings: settingsOf('sandbox', sandbox),
      ...(schedules === undefined ? {} : { schedules: toSchedules(schedules) }),
      commands: toCommands(commands),
      policy: {
        cutover: policy.cutover,
        cutoverWarningMs: policy.cutoverWarning,
        synchronize: policy.synchronize,
        rollbackOnFailure: policy.rollbackOnFailure,
        integrityCheck: policy.integrityCheck,
        keepPreviousMs: policy.keepPrevious,
        // Left out where it is what it was before there was a choice, so that digests of older plans stay what they are.
        ...(policy.earlierWayBack === 'keep' ? {} : { earlierWayBack: policy.earlierWayBack }),
        keepFailedCopyMs: policy.keepFailedCopy,
        draftExpiresMs: policy.draftExpires,
        approvalExpiresMs: policy.approvalExpires,
        forProductionReporting: policy.forProductionReporting,
        ...(policy.approvals === 'one' ? {} : { approvals: policy.approvals }),
        // Of no weight where nobody may ask for it, so it binds nothing there.
        ...(sandbox.urgent === undefined ? {} : { urgentDelayMs: policy.urgentDelay }),
      },
    };
  });
  const ofSandboxes = sandboxes.flatMap((sandbox): readonly Source[] => {
    const backups = document.sandboxes[sandbox.name]?.backups;
    return backups ? [asSource(sandbox, backups.retentionDays, settingsOf('source', { ...sandbox, ...backups }))] : [];
  });
  const moments = document.moments.map(({ name, at }) => ({ name, at: new Date(at).toISOString() }));
  const { people, terminalApproval, signedReportsOnly, webhooks } = document;
  return {
    people,
    terminalApproval,
    signedReportsOnly,
    sources: [...sources, ...ofSandboxes],
    sandboxes,
    moments,
    webhooks,
  };
}

/** A sandbox as others are refreshed from it: where its backups lie, and what else is known of it. */
const asSource = (
  { name, title, provider, databases, facts, capacityBytes, recurringJobs, timeZone }: Sandbox,
  retentionDays: number,
  settings: unknown,
): Source => ({
  ...{ name, title, provider, databases, facts, timeZone, retentionDays, settings },
  kind: 'sandbox-backups',
  ...(capacityBytes === undefined ? {} : { capacityBytes }),
  ...(recurringJobs === undefined ? {} : { recurringJobs }),
});

const toSchedules = ({
  planAhead: planAheadMs,
  askAhead: askAheadDays,
  ...rest
}: NonNullable<InstallationDocument['sandboxes'][string]['schedules']>): ScheduleRules => ({
  planAheadMs,
  askAheadDays,
  ...rest,
});

/** What is left out does not run, whether it was named or is a default. */
const packsOf = ({
  packs,
  withoutPacks,
}: Pick<InstallationDocument['sandboxes'][string], 'packs' | 'withoutPacks'>): readonly string[] =>
  packs.filter((name) => !withoutPacks.some(({ pack }) => pack === name));

function toCommands(commands: InstallationDocument['sandboxes'][string]['commands']): Sandbox['commands'] {
  const entries = Object.entries(commands).flatMap(([name, command]) =>
    command ? [[name, toCommand(command)] as const] : [],
  );
  return Object.fromEntries(entries) satisfies Partial<Record<CommandName, Command>>;
}

/** A plan is bound to what is said: a command that says nothing of `databaseUrl` has the digest that it always had. */
function toCommand({ timeout: timeoutMs, ...command }: CommandDocument): Command {
  const { databaseUrl, ...rest } = { databaseUrl: undefined, ...command };
  return { ...rest, timeoutMs, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
}
