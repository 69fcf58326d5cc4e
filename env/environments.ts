import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Command, CommandName, Installation, Sandbox, Source } from '../engine/contracts.ts';
import { exampleOf } from './examples.ts';
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
export interface SettingsSchemas {
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
  const settings = providers === 'names-only' ? [] : settingsProblems(outline, providers);
  const isMissing = ({ path }: Misplaced) => missing.some((one) => textOf(one.path) === textOf(path));
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, [], exampleOf)),
    ...crossProblems(outline),
    // What an empty text is not is no news where the text is a variable that is not set.
    ...(providers === 'names-only' ? [] : [...onePerVariable(missing), ...settings.filter((one) => !isMissing(one))]),
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

const NAME = /^[a-z0-9-]{1,32}$/;

/** What one key alone cannot say: sources that exist, people who differ. */
function crossProblems({ people, sources, sandboxes, serves }: Outline): Misplaced[] {
  const problems: Misplaced[] = [];
  const personOf = (id: string) => people.find(({ ids }) => ids.includes(id))?.ids[0] ?? id;
  for (const [group, named] of Object.entries({ sources, sandboxes }))
    for (const name of Object.keys(named).filter((one) => !NAME.test(one)))
      problems.push({
        path: [group, name],
        reason: 'is not a name (small letters, digits and hyphens, 32 at most)',
        example: name
          .toLowerCase()
          .replaceAll(/[^a-z0-9-]+/g, '-')
          .slice(0, 32),
      });
  for (const [name, sandbox] of Object.entries(sandboxes)) {
    const place = ['sandboxes', name];
    if (name in sources)
      problems.push({ path: place, reason: 'is the name of a source as well', example: `${name}-sandbox` });
    for (const source of sandbox.sources) {
      if (!(source in sources))
        problems.push({
          path: [...place, 'sources'],
          standsAt: [...place, 'sources', sandbox.sources.indexOf(source)],
          reason: `there is no source “${source}”`,
          example: Object.keys(sources)[0] ?? 'prod',
        });
      else if (sandbox.provider !== '' && sources[source]?.provider !== sandbox.provider)
        problems.push({
          path: [...place, 'provider'],
          reason: `differs from that of ${source}`,
          example: sources[source]?.provider ?? '',
        });
    }
    const isFourEyes = sandbox.approvers.some((approver) =>
      sandbox.requesters.some((requester) => personOf(requester) !== personOf(approver)),
    );
    const isSaid = sandbox.requesters.length > 0 && sandbox.approvers.length > 0;
    if (isSaid && !isFourEyes)
      problems.push({
        path: [...place, 'approvers'],
        reason: 'nobody could approve: a second person is needed',
        example: 'object ids of two different people',
      });
  }
  for (const name of serves)
    if (!(name in sandboxes))
      problems.push({
        path: ['serves'],
        standsAt: ['serves', serves.indexOf(name)],
        reason: `there is no sandbox “${name}”`,
        example: Object.keys(sandboxes)[0] ?? 'uat',
      });
  return problems;
}

type Providers = Readonly<Record<string, SettingsSchemas>>;

/** Every provider judges the settings of its own environments. */
function settingsProblems({ sources, sandboxes }: Outline, providers: Providers): readonly Misplaced[] {
  const judge = (
    kind: keyof SettingsSchemas,
    path: readonly string[],
    { provider, settings }: Outline['sources'][string],
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
  ];
}

function toInstallation(document: InstallationDocument, providers: Providers | 'names-only'): Installation {
  const settingsOf = (kind: keyof SettingsSchemas, { provider, settings }: { provider: string; settings?: unknown }) =>
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
  const sandboxes = Object.entries(document.sandboxes).map(
    ([name, { capacity, commands, policy, ...sandbox }]): Sandbox => ({
      ...sandbox,
      name,
      kind: 'sandbox',
      title: sandbox.title ?? name.toUpperCase(),
      timeZone: sandbox.timeZone ?? document.timeZone,
      capacityBytes: capacity,
      settings: settingsOf('sandbox', sandbox),
      commands: toCommands(commands),
      policy: {
        cutover: policy.cutover,
        cutoverWarningMs: policy.cutoverWarning,
        synchronize: policy.synchronize,
        rollbackOnFailure: policy.rollbackOnFailure,
        integrityCheck: policy.integrityCheck,
        keepPreviousMs: policy.keepPrevious,
        keepFailedCopyMs: policy.keepFailedCopy,
        draftExpiresMs: policy.draftExpires,
        approvalExpiresMs: policy.approvalExpires,
        forProductionReporting: policy.forProductionReporting,
      },
    }),
  );
  const moments = document.moments.map(({ name, at }) => ({ name, at: new Date(at).toISOString() }));
  return { people: document.people, terminalApproval: document.terminalApproval, sources, sandboxes, moments };
}

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
