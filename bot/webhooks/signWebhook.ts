import { createHmac } from 'node:crypto';

/** Headers of Standard Webhooks 1.0: the receiver computes the signature of `id.timestamp.body` anew, with the secret that both know. */
export function signWebhook(
  { secret, id, body }: { readonly secret: string; readonly id: string; readonly body: string },
  nowMs: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
