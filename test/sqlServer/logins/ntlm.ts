import { createHmac, randomBytes } from 'node:crypto';
import { md4 } from './md4.ts';

/** An account of the domain that the server belongs to, or of another. */
export interface WindowsAccount {
  readonly domain: string;
  readonly user: string;
  password: string;
}

/** The answer to a client's NEGOTIATE message, and who its AUTHENTICATE message then proves to be (MS-NLMP). */
export interface NtlmExchange {
  readonly challenge: Buffer;
  /** undefined for an unknown account and a wrong password alike. */
  check(authenticate: Buffer): WindowsAccount | undefined;
}

const signature = Buffer.from('NTLMSSP\0', 'ascii');
const negotiateUnicode = 0x1;

/** undefined when `negotiate` is no NTLM that this server speaks, such as Kerberos. */
export function beginNtlm(
  negotiate: Buffer,
  server: { readonly name: string; readonly domain: string; readonly accounts: readonly WindowsAccount[] },
): NtlmExchange | undefined {
  if (messageType(negotiate) !== 1 || (negotiate.readUInt32LE(12) & negotiateUnicode) === 0) return undefined;
  const nonce = randomBytes(8);
  return {
    challenge: challengeMessage(nonce, server.domain, targetInfo(server)),
    check(authenticate) {
      if (messageType(authenticate) !== 3) return undefined;
      const [lm, nt, domain, user] = [12, 20, 28, 36].map((at) => field(authenticate, at));
      if (!lm || !nt || !domain || !user) return undefined;
      const [domainName, userName] = [domain.toString('utf16le'), user.toString('utf16le')];
      const account = server.accounts.find(
        (one) => upper(one.domain) === upper(domainName) && upper(one.user) === upper(userName),
      );
      if (account === undefined) return undefined;
      const key = hmac(md4(utf16(account.password)), utf16(upper(userName) + domainName));
      return isNtlmV2(key, nonce, nt) || isLmV2(key, nonce, lm) ? account : undefined;
    },
  };
}

/** NTLMv2: a proof over the challenge and what follows the proof. */
const isNtlmV2 = (key: Buffer, nonce: Buffer, response: Buffer) =>
  response.length > 24 && hmac(key, nonce, response.subarray(16)).equals(response.subarray(0, 16));

/**
 * LMv2: a proof over the challenge and eight bytes of the client. tedious says that its NTLMv2 response is 16 bytes long, which
 * cuts off all but the proof, so this is what a server has of it.
 */
const isLmV2 = (key: Buffer, nonce: Buffer, response: Buffer) =>
  response.length === 24 && hmac(key, nonce, response.subarray(16)).equals(response.subarray(0, 16));

const hmac = (key: Buffer, ...parts: readonly Buffer[]) => createHmac('md5', key).update(Buffer.concat(parts)).digest();
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** As Windows does: character by character, so that ß stays ß. */
const upper = (text: string) =>
  text.replaceAll(/./gu, (character) => (character.toUpperCase().length > 1 ? character : character.toUpperCase()));

const messageType = (message: Buffer) =>
  message.length >= 32 && message.subarray(0, 8).equals(signature) ? message.readUInt32LE(8) : undefined;

function field(message: Buffer, at: number): Buffer | undefined {
  if (message.length < at + 8) return undefined;
  const from = message.readUInt32LE(at + 4);
  const to = from + message.readUInt16LE(at);
  return to <= message.length ? message.subarray(from, to) : undefined;
}

/** Unicode, target is a domain, NTLM, extended session security, target information, version, 128 and 56 bits. */
const challengeFlags = 0xa2898205;

function challengeMessage(nonce: Buffer, domain: string, info: Buffer): Buffer {
  const target = utf16(domain);
  const head = Buffer.alloc(56);
  signature.copy(head);
  head.writeUInt32LE(2, 8);
  const place = (at: number, length: number, offset: number) => {
    head.writeUInt16LE(length, at);
    head.writeUInt16LE(length, at + 2);
    head.writeUInt32LE(offset, at + 4);
  };
  place(12, target.length, head.length);
  head.writeUInt32LE(challengeFlags, 20);
  nonce.copy(head, 24);
  place(40, info.length, head.length + target.length);
  // Windows Server 2019, NTLM revision 15.
  Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]).copy(head, 48);
  return Buffer.concat([head, target, info]);
}

function targetInfo({ name, domain }: { readonly name: string; readonly domain: string }): Buffer {
  const pair = (id: number, value: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  };
  return Buffer.concat([pair(2, utf16(domain)), pair(1, utf16(name)), pair(0, Buffer.alloc(0))]);
}
