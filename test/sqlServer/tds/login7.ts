export interface Login {
  readonly tdsVersion: number;
  readonly packetSize: number;
  readonly processId: number;
  readonly hostName: string;
  readonly userName: string;
  readonly password: string;
  readonly applicationName: string;
  readonly database: string;
  /** NTLM or Kerberos: this test double knows SQL logins only. */
  readonly isIntegrated: boolean;
}

/** Reads a LOGIN7 message (MS-TDS 2.2.6.4). */
export function readLogin(data: Buffer): Login {
  // Offset and length, in characters, of the n-th variable part stand from byte 36 on.
  const part = (index: number) => {
    const offset = data.readUInt16LE(36 + index * 4);
    return data.subarray(offset, offset + data.readUInt16LE(38 + index * 4) * 2);
  };
  const text = (index: number) => part(index).toString('utf16le');
  return {
    tdsVersion: data.readUInt32LE(4),
    packetSize: data.readUInt32LE(8),
    processId: data.readUInt32LE(16),
    isIntegrated: (data.readUInt8(25) & 0x80) !== 0,
    hostName: text(0),
    userName: text(1),
    password: unveil(part(2)),
    applicationName: text(3),
    database: text(8),
  };
}

/** A password travels with its half bytes swapped after an XOR: no secret, only unreadable. */
function unveil(veiled: Buffer): string {
  return Buffer.from(veiled.map((byte) => ((byte ^ 0xa5) >> 4) | (((byte ^ 0xa5) & 0x0f) << 4))).toString('utf16le');
}
