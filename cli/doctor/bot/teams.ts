import { bad, good, type Finding } from '../finding.ts';

/** What the bot asks besides the sign-in service: keys that activities are signed with, and where answers go. */
const PLACES: readonly (readonly [subject: string, url: string])[] = [
  ['signing keys of Teams', 'https://login.botframework.com/v1/.well-known/openidconfiguration'],
  ['answers to Teams', 'https://smba.trafficmanager.net/teams/'],
];

/** Whether there is a way to each; whatever answers there will do, a refusal too. */
export async function examineTeams(ask: typeof fetch): Promise<readonly Finding[]> {
  return Promise.all(
    PLACES.map(async ([subject, url]) => {
      const { hostname } = new URL(url);
      const answer = await ask(url, { redirect: 'manual' }).catch(() => undefined);
      await answer?.body?.cancel();
      return answer === undefined
        ? bad(subject, `${hostname} is out of reach`, 'Let the bot’s machine reach it by https.')
        : good(subject, `${hostname} answers`);
    }),
  );
}
