import type { ProtectedValue } from '../kinds.ts';

/** Addresses, hosts, keys and connection strings in a text. */
export function* endpointsIn(text: string, isSecret: boolean): Generator<ProtectedValue> {
  if (text.includes('://')) {
    for (const [found] of text.matchAll(URLS)) {
      const value = found.replace(/[.,;]+$/, '');
      const host = hostOf(value);
      if (host === undefined) continue;
      if (!isEverybodys(host)) yield { kind: 'host', value: host };
      if (!isEverybodys(host) || isTelling(value)) yield { kind: 'url', value };
    }
  }
  if (text.includes('\\\\'))
    for (const [value, host = ''] of text.matchAll(SHARE)) {
      yield { kind: 'url', value };
      if (!isEverybodys(host)) yield { kind: 'host', value: host };
    }
  const settings = text.includes('=') ? [...text.matchAll(SETTING)] : [];
  if (settings.length >= 2) {
    yield { kind: 'connection-string', value: text.trim() };
    for (const [, name = '', setting = ''] of settings) {
      const value = setting.trim();
      if (/key|pwd|password|signature/i.test(name) && isRandom(value)) yield { kind: 'key', value };
      const host = /^(?:tcp:)?([\w.-]+)/i.exec(value)?.[1];
      if (/server|source|address/i.test(name) && host !== undefined && !isEverybodys(host))
        yield { kind: 'host', value: host };
    }
  } else if (isSecret && isRandom(text.trim())) yield { kind: 'key', value: text.trim() };
}

const URLS = /\b[a-z][a-z\d+.-]{1,15}:\/\/[^\s"'<>()[\]{}|\\^`]+/gi;
const SHARE = /\\\\([\w.-]{2,})\\[\w$.-]+/g;
const SETTING =
  /(?:^|;)\s*(data source|server|address|addr|network address|endpoint|accountname|accountkey|sharedaccesskey|sharedaccesskeyname|sharedaccesssignature|user id|password|pwd|initial catalog|database|instrumentationkey|ingestionendpoint|defaultendpointsprotocol|endpointsuffix)\s*=\s*([^;]+)/gi;

export function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname || /^[a-z][\w+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1];
  } catch {
    return undefined;
  }
}

/** The machine itself, and services that are the same for every tenant. */
export function isEverybodys(host: string): boolean {
  const name = host.toLowerCase();
  return (
    /^(?:localhost|127\..*|\[?::1]?|0\.0\.0\.0|\.|\(local\)|\d+)$/.test(name) ||
    COMMON.some((each) => name === each || name.endsWith(`.${each}`))
  );
}

const COMMON = [
  'microsoft.com',
  'microsoftonline.com',
  'login.windows.net',
  'sts.windows.net',
  'graph.windows.net',
  'analysis.windows.net',
  'app.powerbi.com',
  'api.powerbi.com',
  'management.azure.com',
  'vault.azure.net',
  'office365.com',
  'office.com',
  'live.com',
  'w3.org',
  'xmlsoap.org',
  'tempuri.org',
  'example.com',
  'example.org',
];

/** An address of a common service that names something of one's own: by a GUID, or by a long word of letters and digits. */
const isTelling = (url: string): boolean =>
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-|[?&][\w-]+=[^&]{20,}|[A-Za-z\d_-]{24,}/i.test(url);

/** Long enough, of several kinds of characters, and none of them too often. */
export function isRandom(text: string): boolean {
  if (text.length < 16 || /\s/.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((each) => each.test(text)).length;
  return kinds >= 2 && entropyOf(text) >= 3;
}

/** Bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
