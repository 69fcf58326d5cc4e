import { z } from 'zod';
import { ANNOUNCED } from '../engine/contracts.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** https, or http on this machine; no login, which would be sent in the open and stand in logs of others. */
const url = z.string().superRefine((text, context) => {
  const problem = problemOf(URL.parse(text));
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function problemOf(address: URL | null): string | undefined {
  if (address === null || !/^https?:$/.test(address.protocol)) return 'is not an address https://…';
  if (address.protocol === 'http:' && !LOOPBACK.test(address.hostname)) return 'is not https, and not on this machine';
  return address.username !== '' || address.password !== '' ? 'holds a login' : undefined;
}

/** Empty where its variable is not set, which only the bot needs. */
const secret = z.string().refine((text) => text === '' || isSecret(text), 'is not whsec_ and 24 to 64 bytes in base64');

function isSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? '';
  const { length } = Buffer.from(encoded, 'base64');
  return length >= 24 && length <= 64;
}

/** A receiver over the web; docs/how-to/announce.md says what it gets. */
export const webhook = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'is not a name (small letters, digits and hyphens, 32 at most)'),
  url,
  secret,
  events: z
    .array(z.enum(ANNOUNCED))
    .min(1)
    .default([...ANNOUNCED]),
  sandboxes: z.array(z.string()).min(1).optional(),
});
