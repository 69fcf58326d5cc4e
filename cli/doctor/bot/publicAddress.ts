import { z } from 'zod';
import type { LoadedInstallation } from '../../../env/environments.ts';
import type { BotSettings } from '../../../env/settings.ts';
import { bad, doubtful, good, type Finding } from '../finding.ts';

const health = z.object({ status: z.literal('ok'), environments: z.string().optional() });

/** From outside, as Teams comes: through the proxy, to the bot that has this file. */
export async function examineAddress(
  { REWIND_PUBLIC_URL }: Pick<BotSettings, 'REWIND_PUBLIC_URL'>,
  loaded: Pick<LoadedInstallation, 'version'> | undefined,
  ask: typeof fetch,
): Promise<readonly Finding[]> {
  const subject = 'public address';
  const at = (path: string) => new URL(path, REWIND_PUBLIC_URL).href;
  const answer = await ask(at('/healthz'), { redirect: 'manual' }).catch(() => undefined);
  if (!answer)
    return [
      bad(
        subject,
        `${REWIND_PUBLIC_URL} does not answer`,
        'Start the bot; look at the proxy, its certificate and DNS.',
      ),
    ];
  const { data } = health.safeParse(await answer.json().catch(() => undefined));
  if (!data)
    return [
      bad(
        subject,
        `${at('/healthz')} is answered by something else than the bot (status ${String(answer.status)})`,
        'Let the proxy forward /api/messages, /logs/, /reports/ and /healthz to HOST:PORT of the bot.',
      ),
    ];
  return [
    loaded && data.environments !== undefined && data.environments !== loaded.version
      ? doubtful(
          subject,
          `answers, with version ${data.environments} of environments.yaml where this is ${loaded.version}`,
          'Give the bot and all workers the same file.',
        )
      : good(subject, `${REWIND_PUBLIC_URL} leads to the bot`),
    await examineEndpoint(at('/api/messages'), ask),
  ];
}

/** Without a token nobody is listened to, and that is the answer of the bot’s own gate. */
async function examineEndpoint(url: string, ask: typeof fetch): Promise<Finding> {
  const subject = 'messaging endpoint';
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(url, { method: 'POST', headers, body: '{}', redirect: 'manual' }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 401
    ? good(subject, `${url} asks for a token, as it should: this is the address for the Azure Bot`)
    : bad(
        subject,
        `${url} answers ${answer ? `with status ${String(answer.status)} instead of 401` : 'nothing'}`,
        'Let the proxy forward POST /api/messages with its headers as they are.',
      );
}
