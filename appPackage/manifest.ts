import { z } from 'zod';
import type { ChatCommand } from '../bot/commands/command.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

const httpsUrl = z.url({ protocol: /^https$/, error: 'is not an https:// address' });

/** What an installation says about its app; the names are those of Microsoft 365 Agents Toolkit where it has any. */
const appSettings = z
  .object({
    TEAMS_APP_ID: z.guid('is not a GUID (any new one: it names the app in your tenant)'),
    BOT_ID: z.guid('is not the application id of the bot’s registration'),
    REWIND_PUBLIC_URL: httpsUrl,
    APP_PUBLISHER: z.string().min(1).max(32, 'has more than 32 characters').default('Rewind'),
    APP_PUBLISHER_URL: httpsUrl.optional(),
  })
  .transform((settings) => ({
    ...settings,
    APP_PUBLISHER_URL: settings.APP_PUBLISHER_URL ?? settings.REWIND_PUBLIC_URL,
    PUBLIC_HOST: new URL(settings.REWIND_PUBLIC_URL).hostname,
  }));

const template = z.looseObject({
  bots: z.array(z.looseObject({ scopes: z.array(z.enum(['personal', 'team', 'groupChat'])) })),
});

export interface ManifestParts {
  /** `manifest.json` with `${{NAME}}` where one installation differs from another. */
  readonly template: string;
  readonly variables: Variables;
  readonly version: string;
  readonly commands: readonly Pick<ChatCommand, 'name' | 'description'>[];
}

/**
 * The manifest of one installation, its command menu made of the bot's own commands.
 * @throws Error naming every setting that is missing or wrong
 */
export function fillManifest(parts: ManifestParts): string {
  const settings = appSettings.safeParse(parts.variables);
  if (!settings.success)
    throw new Error(settings.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
  const manifest = template.parse(JSON.parse(parts.template));
  const commands = menuOf(parts.commands).map(({ name, description }) => ({ title: name, description }));
  const bots = manifest.bots.map((bot) => ({ ...bot, commandLists: [{ scopes: bot.scopes, commands }] }));
  return withValues({ ...manifest, bots }, { ...settings.data, APP_VERSION: parts.version });
}

/** What the schema of this manifest's version takes in one list; later versions take 12. */
const MOST_COMMANDS = 10;

/** Teams' menu of commands: the first ones, and in any case the last, with which everything else is found. */
export function menuOf<Command>(commands: readonly Command[]): readonly Command[] {
  const last = commands.slice(-1);
  return [...commands.slice(0, -1).slice(0, MOST_COMMANDS - last.length), ...last];
}

/** References are replaced in the texts, not in the file, so that no value can break the JSON. */
function withValues(json: unknown, values: Variables): string {
  const replaced = (_: string, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll(/\$\{\{(\w+)\}\}/g, (reference, name: string) => values[name] ?? reference)
      : value;
  return `${JSON.stringify(json, replaced, 2)}\n`;
}
