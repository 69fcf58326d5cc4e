import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly subject?: string;
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** Without one it is signed by itself. */
  readonly authority?: Authority;
}

export interface Authority extends Certificate {
  readonly subject: string;
}

const day = 86_400_000;

/** For localhost and 127.0.0.1, valid from a day ago to a day from now, unless something else is wished. */
export function createCertificate(now: Date, wish: CertificateWish = {}): Certificate {
  const { subject = 'SQL Server stand-in', hosts = ['localhost'], authority } = wish;
  const names = der(
    0x30,
    ...hosts.map((host) => der(0x82, Buffer.from(host))),
    ...(hosts.includes('localhost') ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : []),
  );
  return issue(now, { ...wish, subject }, extension(oid(2, 5, 29, 17), names), authority);
}

export function createAuthority(now: Date, subject: string): Authority {
  const mayIssue = extension(oid(2, 5, 29, 19), der(0x30, der(0x01, Buffer.from([0xff]))));
  return { ...issue(now, { subject }, mayIssue), subject };
}

/** Node has no call for it, so the DER of X.509 is put together here. */
function issue(
  now: Date,
  { subject, from, to }: CertificateWish & { readonly subject: string },
  detail: Buffer,
  authority?: Authority,
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signedWith = der(0x30, oid(1, 2, 840, 10045, 4, 3, 2));
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signedWith,
    nameOf(authority?.subject ?? subject),
    der(0x30, utcTime(from?.getTime() ?? now.getTime() - day), utcTime(to?.getTime() ?? now.getTime() + day)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, detail)),
  );
  const signature = sign('sha256', toBeSigned, authority?.key ?? privateKey);
  const certificate = der(0x30, toBeSigned, signedWith, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString('base64').replaceAll(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const extension = (id: Buffer, value: Buffer) => der(0x30, id, der(0x04, value));

const nameOf = (commonName: string) =>
  der(0x30, der(0x31, der(0x30, oid(2, 5, 4, 3), der(0x0c, Buffer.from(commonName)))));

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function oid(first: number, second: number, ...others: readonly number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const other of others) {
    const septets = [other & 0x7f];
    for (let rest = other >> 7; rest > 0; rest >>= 7) septets.unshift((rest & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return der(0x06, Buffer.from(bytes));
}

function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}
