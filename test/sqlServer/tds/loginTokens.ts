/** Tokens of a login that takes more than one message (MS-TDS 2.2.7). Each is the only one of its message. */

/** FEDAUTHINFO: for which service (`audience`), and at whom (`authority`), the client gets its token. */
export function federationInfo(authority: string, audience: string): Buffer {
  const texts = [
    { id: 1, bytes: Buffer.from(authority, 'utf16le') },
    { id: 2, bytes: Buffer.from(audience, 'utf16le') },
  ];
  const head = Buffer.alloc(4 + texts.length * 9);
  head.writeUInt32LE(texts.length);
  let textAt = head.length;
  for (const [index, { id, bytes }] of texts.entries()) {
    const at = 4 + index * 9;
    head.writeUInt8(id, at);
    head.writeUInt32LE(bytes.length, at + 1);
    head.writeUInt32LE(textAt, at + 5);
    textAt += bytes.length;
  }
  const body = Buffer.concat([head, ...texts.map(({ bytes }) => bytes)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from([0xee]), length, body]);
}

/** The text of a FEDAUTH message: a token behind two lengths. */
export function readFederationToken(data: Buffer): string {
  return data.subarray(8, 8 + data.readUInt32LE(4)).toString('utf16le');
}

/** FEATUREEXTACK: federated authentication is taken, with nothing to add. */
export function federationAcknowledged(): Buffer {
  return Buffer.from([0xae, 0x02, 0, 0, 0, 0, 0xff]);
}

export function sspiToken(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(message.length);
  return Buffer.concat([Buffer.from([0xed]), length, message]);
}
