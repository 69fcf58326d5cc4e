import type { IncomingMessage } from 'node:http';

const maxBodyBytes = 256 * 1024;

/** Whether the browser, or whoever asks, believes to speak to this machine: no name that somebody else's DNS points here. */
export function isForThisMachine({ headers }: IncomingMessage): boolean {
  const host = URL.parse(`http://${headers.host}`)?.hostname;
  return host === '127.0.0.1' || host === 'localhost';
}

/** What a form of a foreign page cannot send without asking first. */
export function saysJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/** @returns undefined for what is no JSON or longer than any activity */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
