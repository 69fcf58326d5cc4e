export interface Login {
  readonly tdsVersion: number;
  readonly packetSize: number;
  readonly processId: number;
  readonly hostName: string;
  readonly userName: string;
  readonly password: string;
  readonly applicationName: string;
  readonly database: string;
  /** The first message of NTLM or Kerberos; empty for other logins. */
  readonly sspi: Buffer;
  /** Federated authentication, if the client wants it. */
  readonly fedAuth: FedAuth | undefined;
}

export interface FedAuth {
  /** 1: the token stands in this message; 2 (ADAL): the client fetches it once it knows for whom. */
  readonly library: number;
  /** What the server's PRELOGIN said about it, repeated under the protection of TLS. */
  readonly echo: boolean;
}

const usesExtension = 0x10;
const feature = { fedAuth: 0x02, end: 0xff } as const;

/** Reads a LOGIN7 message (MS-TDS 2.2.6.4). */
export function readLogin(data: Buffer): Login {
  // Offset and length, in characters, of the n-th variable part stand from byte 36 on.
  const offset = (index: number) => data.readUInt16LE(36 + index * 4);
  const part = (index: number) => data.subarray(offset(index), offset(index) + data.readUInt16LE(38 + index * 4) * 2);
  const text = (index: number) => part(index).toString('utf16le');
  const sspiAt = data.readUInt16LE(78);
  const hasExtension = (data.readUInt8(27) & usesExtension) !== 0;
  return {
    tdsVersion: data.readUInt32LE(4),
    packetSize: data.readUInt32LE(8),
    processId: data.readUInt32LE(16),
    hostName: text(0),
    userName: text(1),
    password: unveil(part(2)),
    applicationName: text(3),
    database: text(8),
    sspi: data.subarray(sspiAt, sspiAt + data.readUInt16LE(80)),
    fedAuth: hasExtension ? readFedAuth(data.subarray(data.readUInt32LE(offset(5)))) : undefined,
  };
}

function readFedAuth(features: Buffer): FedAuth | undefined {
  for (let at = 0; at < features.length && features.readUInt8(at) !== feature.end;) {
    const options = features.readUInt8(at + 5);
    if (features.readUInt8(at) === feature.fedAuth) return { library: options >> 1, echo: (options & 1) === 1 };
    at += 5 + features.readUInt32LE(at + 1);
  }
  return undefined;
}

/** A password travels with its half bytes swapped after an XOR: no secret, only unreadable. */
function unveil(veiled: Buffer): string {
  return Buffer.from(veiled.map((byte) => ((byte ^ 0xa5) >> 4) | (((byte ^ 0xa5) & 0x0f) << 4))).toString('utf16le');
}
