import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from './limits.ts';
import { Refusal } from './refusal.ts';

/**
 * Reads no further than the limit, whatever the sender says about the length. The parsers of restify read on to the end,
 * and unpack.
 * @throws Refusal 400 or 413
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: string[] = [];
  let bytes = 0;
  request.setEncoding('utf8');
  // Left as it is when the reading stops: the answer still has to go out.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const read = String(chunk);
    bytes += Buffer.byteLength(read);
    if (bytes > maxBodyBytes) throw new Refusal(413, 'body too large');
    chunks.push(read);
  }
  try {
    return JSON.parse(chunks.join(''));
  } catch (error) {
    throw new Refusal(400, 'body that is not JSON', error);
  }
}
