import { z } from 'zod';
import type { BotSettings } from '../../../env/settings.ts';
import { bad, doubtful, good, type Finding } from '../finding.ts';

const SUBJECT = 'registration of the bot';
const CONSOLE = 'Entra admin center → App registrations';

/** What the sign-in service says against a registration, and where that is put right. */
const REFUSALS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  AADSTS700016: ['BOT_ID is not known in the tenant BOT_TENANT_ID', `Copy both from ${CONSOLE} → Overview.`],
  AADSTS90002: ['there is no tenant BOT_TENANT_ID', `Copy it from ${CONSOLE} → Overview.`],
  AADSTS7000215: ['BOT_PASSWORD is not one of its secrets', 'Copy the value of a client secret, not its id.'],
  AADSTS7000222: ['BOT_PASSWORD has run out', `Make a new client secret: ${CONSOLE} → Certificates & secrets.`],
};

/** Signs in as the bot does, and throws the token away. */
export async function examineRegistration(
  { BOT_ID, BOT_TENANT_ID, credential }: BotSettings,
  ask: typeof fetch,
): Promise<readonly Finding[]> {
  if (credential.kind === 'managed-identity')
    return [doubtful(SUBJECT, 'a managed identity signs in on its own machine only, so it was not tried')];
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: BOT_ID,
    client_secret: credential.secret,
    scope: 'https://api.botframework.com/.default',
  });
  const url = `https://login.microsoftonline.com/${BOT_TENANT_ID}/oauth2/v2.0/token`;
  const answer = await ask(url, { method: 'POST', body, redirect: 'error' }).catch(() => undefined);
  if (!answer)
    return [bad(SUBJECT, 'login.microsoftonline.com is out of reach', 'Let the bot’s machine reach it by https.')];
  const told = z.object({ access_token: z.string() }).or(z.object({ error_description: z.string() }));
  const { data } = told.safeParse(await answer.json().catch(() => undefined));
  if (data && 'access_token' in data) return [good(SUBJECT, `signs in as ${BOT_ID}`)];
  const code = /AADSTS\d+/.exec(data?.error_description ?? '')?.[0] ?? '';
  const [what, remedy] = REFUSALS[code] ?? [
    `was refused with ${code || `status ${String(answer.status)}`}`,
    `Look the code up, and compare BOT_ID, BOT_TENANT_ID and BOT_PASSWORD with ${CONSOLE}.`,
  ];
  return [bad(SUBJECT, what, remedy)];
}
